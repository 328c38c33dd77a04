package dev.sendex.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.local.gateway.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackDirectoryTest {

    @TempDir Path path;

    private StackDirectory directory;

    @BeforeEach
    void open() {
        directory = new StackDirectory(path);
    }

    @Test
    void an_unused_directory_has_no_owner() throws Exception {
        assertThat(directory.findOwner()).isNull();
        directory.lock().close();
        assertThat(directory.findOwner()).isNull();
    }

    @Test
    void secrets_are_generated_once_and_readable_only_by_the_owner() throws Exception {
        Secrets first = Secrets.open(directory);
        String pepper = first.pepper();
        String client = first.clientSecret(Service.SEND_SERVICE);
        String key = Files.readString(first.sessionSigningKey());

        Secrets again = Secrets.open(directory);

        assertThat(again.pepper()).isEqualTo(pepper);
        assertThat(again.clientSecret(Service.SEND_SERVICE)).isEqualTo(client);
        assertThat(Files.readString(again.sessionSigningKey())).isEqualTo(key);
        for (String name : new String[] {"secrets.properties", "session-signing-key.pem"}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(directory.secret(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_token_is_created_only_once() throws Exception {
        Secrets.open(directory).token("demo", () -> "sk_first");
        assertThat(Secrets.open(directory).token("demo", () -> "sk_second")).isEqualTo("sk_first");
    }
}
