package dev.sendex.local.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {

    @TempDir Path directory;

    @Test
    void a_broker_can_be_restarted_on_its_directory() throws Exception {
        start().close();
        try (LocalKafka again = start()) {
            assertThat(again.process().isAlive()).isTrue();
            assertThat(directory.resolve("data/sendex.keys-0")).isDirectory();
            assertThat(directory.resolve("data/ses.events-2")).isDirectory();
        }
    }

    @Test
    void the_broker_is_reachable_until_it_is_closed() throws Exception {
        LocalKafka kafka = start();
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        kafka.close();
        assertThat(kafka.process().isAlive()).isFalse();
    }

    @Test
    void a_start_that_is_interrupted_leaves_no_process() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(this::start).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(ProcessHandle.allProcesses().map(process -> process.info().commandLine()))
                .noneMatch(line -> line.orElse("").contains(directory.toString()));
    }

    private LocalKafka start() throws IOException {
        return LocalKafka.start(directory.resolve("data"), directory.resolve("kafka.log"));
    }
}
