package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ses.SesClient;

class PersistenceTest {

    private final SesSandboxOptions options;
    private final Path directory;

    PersistenceTest(@TempDir Path directory) {
        this.directory = directory.resolve("ses");
        this.options =
                SesSandboxOptions.defaults().withDirectory(this.directory).withKept(3, 100_000);
    }

    @Test
    void mail_identities_and_the_certificate_are_kept_across_a_restart() throws Exception {
        List<SandboxMessage> before;
        String certificate;
        try (SesSandbox sandbox = SesSandbox.start(options);
                SesClient ses = Sender.client(sandbox)) {
            ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
            send(ses, "ada@example.net");
            send(ses, "bob@example.net");
            before = sandbox.messages();
            certificate = sandbox.certificatePem();
        }
        try (SesSandbox sandbox = SesSandbox.start(options);
                SesClient ses = Sender.client(sandbox)) {
            assertThat(sandbox.messages()).isEqualTo(before).hasSize(2);
            assertThat(sandbox.certificatePem()).isEqualTo(certificate);

            String id = send(ses, "carl@example.net");
            assertThat(sandbox.messages().getFirst().id()).isEqualTo(id);
        }
    }

    @Test
    void only_the_newest_mail_is_kept() throws Exception {
        try (SesSandbox sandbox = SesSandbox.start(options);
                SesClient ses = Sender.client(sandbox)) {
            ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
            send(ses, "1@example.net");
            String second = send(ses, "2@example.net");
            send(ses, "3@example.net");
            send(ses, "4@example.net");

            assertThat(sandbox.messages()).hasSize(3);
            assertThat(sandbox.messages().getLast().id()).isEqualTo(second);
            assertThat(files()).hasSize(3);

            sandbox.clear();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void the_oldest_mail_is_dropped_when_the_total_is_too_long() throws Exception {
        SesSandboxOptions small =
                options.withKept(10, 2 * Sender.source(List.of("1@x.test")).length());
        try (SesSandbox sandbox = SesSandbox.start(small);
                SesClient ses = Sender.client(sandbox)) {
            ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
            send(ses, "1@x.test");
            send(ses, "2@x.test");
            String newest = send(ses, "3@x.test");

            assertThat(sandbox.messages()).extracting(SandboxMessage::id).containsExactly(newest);
            assertThat(Ingest.visit(sandbox.url()).body())
                    .contains("2 older emails were dropped since the start.");
        }
    }

    @Test
    void stored_files_are_readable_only_by_their_owner() throws Exception {
        try (SesSandbox sandbox = SesSandbox.start(options);
                SesClient ses = Sender.client(sandbox)) {
            ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
            send(ses, "ada@example.net");

            try (Stream<Path> kept = Files.walk(directory)) {
                assertThat(kept)
                        .hasSizeGreaterThanOrEqualTo(6)
                        .allSatisfy(path ->
                                assertThat(Files.getPosixFilePermissions(path))
                                        .isSubsetOf(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE));
            }
        }
    }

    @Test
    void a_truncated_email_does_not_prevent_the_start() throws Exception {
        Files.createDirectories(directory.resolve("messages"));
        Files.writeString(directory.resolve("messages/000000000001.json"), "{\"id\":\"01");
        Files.writeString(directory.resolve("messages/odd.json"), "{}");

        try (SesSandbox sandbox = SesSandbox.start(options)) {
            assertThat(sandbox.messages()).isEmpty();
        }
    }

    @Test
    void a_port_in_use_is_reported_in_one_sentence() throws Exception {
        try (SesSandbox sandbox = SesSandbox.start(options)) {
            int port = java.net.URI.create(sandbox.url()).getPort();

            assertThatThrownBy(
                            () -> SesSandbox.start(SesSandboxOptions.defaults().withPorts(port, 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the SES sandbox cannot listen on 127.0.0.1:" + port);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("messages"))) {
            return files.toList();
        }
    }
}
