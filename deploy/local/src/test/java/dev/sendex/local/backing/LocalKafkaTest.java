package dev.sendex.local.backing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaTest {

    @TempDir Path directory;

    @Test
    void a_broker_starts_again_on_the_directory_it_used() throws Exception {
        start().close();
        try (LocalKafka again = start()) {
            assertThat(again.process().isAlive()).isTrue();
            assertThat(directory.resolve("data/sendex.keys-0")).isDirectory();
            assertThat(directory.resolve("data/ses.events-2")).isDirectory();
        }
    }

    @Test
    void the_broker_answers_at_its_address_and_is_gone_after_the_close() throws Exception {
        LocalKafka kafka = start();
        int port = Integer.parseInt(kafka.bootstrapServers().split(":")[1]);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        kafka.close();
        assertThat(kafka.process().isAlive()).isFalse();
    }

    private LocalKafka start() throws IOException {
        return LocalKafka.start(directory.resolve("data"), directory.resolve("kafka.log"));
    }
}
