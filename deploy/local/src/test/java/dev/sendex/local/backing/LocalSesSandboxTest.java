package dev.sendex.local.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSesSandboxTest {

    private static final URI NOWHERE = URI.create("http://127.0.0.1:1/ingest/sns");

    @TempDir Path directory;

    @Test
    void it_runs_as_a_separate_process_until_it_is_closed() throws Exception {
        LocalSesSandbox sandbox = start();
        ProcessHandle process = ProcessHandle.of(sandbox.process().pid()).orElseThrow();
        try (sandbox) {
            assertThat(process.pid()).isNotEqualTo(ProcessHandle.current().pid());
            assertThat(sandbox.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----");
            sandbox.setText("_sendex.acme.test", "proof");
            assertThatThrownBy(() -> sandbox.setText("acme.test", "é"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the SES sandbox answered 400");
        }
        await().until(() -> !process.isAlive());
    }

    @Test
    void its_certificate_is_kept_across_a_restart() throws Exception {
        String before;
        try (LocalSesSandbox sandbox = start()) {
            before = sandbox.certificatePem();
        }
        try (LocalSesSandbox sandbox = start()) {
            assertThat(sandbox.certificatePem()).isEqualTo(before);
        }
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

    private LocalSesSandbox start() throws IOException {
        return LocalSesSandbox.start(
                directory.resolve("ses"), NOWHERE, directory.resolve("ses-sandbox.log"));
    }
}
