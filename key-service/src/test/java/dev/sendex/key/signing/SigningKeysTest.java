package dev.sendex.key.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    @TempDir Path directory;

    private record KeyFiles(Path signingKeyFile, Optional<List<Path>> otherKeyFiles)
            implements SigningConfig {}

    @Test
    void the_previous_key_is_accepted_as_long_as_it_is_configured() throws Exception {
        Path former = pem("former", keyPair("secp256r1"), true);
        Path present = pem("present", keyPair("secp256r1"), true);
        SigningKeys before = new SigningKeys(settings(former));

        SigningKeys after = new SigningKeys(settings(present, former));

        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.find(before.id())).isEqualTo(before.find(before.id()));
        assertThat(after.published()).hasSize(2);
        assertThat(after.published().getFirst()).containsEntry("kid", after.id());
        assertThat(new SigningKeys(settings(present)).find(before.id())).isNull();
    }

    @Test
    void the_next_key_is_published_without_its_private_key() throws Exception {
        Path next = pem("next", keyPair("secp256r1"), false);

        SigningKeys keys = new SigningKeys(settings(pem("now", keyPair("secp256r1"), true), next));

        assertThat(keys.published()).hasSize(2).noneMatch(key -> key.containsKey("d"));
    }

    @Test
    void a_key_on_another_curve_is_refused() throws Exception {
        Path other = pem("other", keyPair("secp384r1"), true);

        assertThatThrownBy(() -> new SigningKeys(settings(other)))
                .hasMessageContaining("holds no key on P-256");
    }

    @Test
    void the_signing_key_needs_its_private_key() throws Exception {
        Path half = pem("half", keyPair("secp256r1"), false);

        assertThatThrownBy(() -> new SigningKeys(settings(half)))
                .hasMessageContaining("has no block PRIVATE KEY");
    }

    private static SigningConfig settings(Path signing, Path... others) {
        return new KeyFiles(signing, Optional.of(List.of(others)));
    }

    private static KeyPair keyPair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private Path pem(String name, KeyPair pair, boolean withPrivateKey) throws IOException {
        String text =
                (withPrivateKey ? block("PRIVATE KEY", pair.getPrivate().getEncoded()) : "")
                        + block("PUBLIC KEY", pair.getPublic().getEncoded());
        return Files.writeString(directory.resolve(name + ".pem"), text);
    }

    private static String block(String name, byte[] der) {
        String base64 = Base64.getMimeEncoder().encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, base64);
    }
}
