package dev.sendex.key.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretVaultTest {

    private static final UUID MEMBER = UUID.randomUUID();
    private static final String FORMER = aKey(32);
    private static final String NEWEST = aKey(32);

    private final TotpSecret secret = TotpSecret.generate(new SecureRandom());
    private final SecretVault former = new SecretVault(() -> Map.of(1, FORMER));
    private final SecretVault vault = new SecretVault(() -> Map.of(1, FORMER, 2, NEWEST));

    @Test
    void a_secret_is_sealed_under_the_newest_key_and_can_be_read() {
        SealedSecret sealed = vault.seal(MEMBER, secret);

        assertThat(sealed.keyVersion()).isEqualTo(2);
        assertThat(vault.isNewest(sealed)).isTrue();
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret.base32());
        assertThat(vault.open(MEMBER, sealed)).isEqualTo(secret);
    }

    @Test
    void a_secret_of_a_former_key_can_be_read() {
        SealedSecret sealed = former.seal(MEMBER, secret);

        assertThat(vault.isNewest(sealed)).isFalse();
        assertThat(vault.open(MEMBER, sealed)).isEqualTo(secret);
    }

    @Test
    void the_same_secret_never_looks_the_same() {
        assertThat(vault.seal(MEMBER, secret).bytes())
                .isNotEqualTo(vault.seal(MEMBER, secret).bytes());
    }

    @Test
    void one_members_secret_is_no_other_members() {
        assertThat(vault.open(UUID.randomUUID(), vault.seal(MEMBER, secret))).isNull();
    }

    @Test
    void a_secret_whose_key_is_gone_or_that_was_altered_cannot_be_read() {
        SealedSecret sealed = vault.seal(MEMBER, secret);
        byte[] altered = sealed.bytes();
        altered[20] ^= 1;

        assertThat(former.open(MEMBER, sealed)).isNull();
        assertThat(vault.open(MEMBER, new SealedSecret(1, sealed.bytes()))).isNull();
        assertThat(vault.open(MEMBER, new SealedSecret(2, altered))).isNull();
    }

    @Test
    void a_key_of_another_length_stops_the_start() {
        assertThatThrownBy(() -> new SecretVault(() -> Map.of(1, aKey(16))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.second-factor.keys.1");
    }

    private static String aKey(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
