package dev.sendex.key.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretVaultTest {

    private static final UUID MEMBER = UUID.randomUUID();
    private static final String FORMER = aKey(32);
    private static final String NEWEST = aKey(32);

    private final TotpSecret secret = TotpSecret.generate(new SecureRandom());
    private final SecretVault former = vault(Map.of(1, FORMER), OptionalInt.empty());
    private final SecretVault vault = vault(Map.of(1, FORMER, 2, NEWEST), OptionalInt.empty());
    private final SecretVault prepared = vault(Map.of(1, FORMER, 2, NEWEST), OptionalInt.of(1));

    @Test
    void a_secret_is_sealed_under_the_current_key_and_can_be_read() {
        SealedSecret sealed = vault.seal(MEMBER, secret);

        assertThat(sealed.keyVersion()).isEqualTo(2);
        assertThat(vault.isOutdated(sealed)).isFalse();
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret.base32());
        assertThat(vault.open(MEMBER, sealed)).isEqualTo(secret);
    }

    @Test
    void a_secret_of_a_former_key_can_be_read() {
        SealedSecret sealed = former.seal(MEMBER, secret);

        assertThat(vault.isOutdated(sealed)).isTrue();
        assertThat(vault.open(MEMBER, sealed)).isEqualTo(secret);
    }

    @Test
    void a_new_key_is_known_before_it_is_used() {
        SealedSecret sealed = prepared.seal(MEMBER, secret);

        assertThat(former.open(MEMBER, sealed)).isEqualTo(secret);
        assertThat(prepared.isOutdated(sealed)).isFalse();
        assertThat(prepared.isOutdated(vault.seal(MEMBER, secret))).isFalse();
        assertThat(prepared.open(MEMBER, vault.seal(MEMBER, secret))).isEqualTo(secret);
    }

    @Test
    void a_version_without_a_key_stops_the_start() {
        assertThatThrownBy(() -> vault(Map.of(1, FORMER), OptionalInt.of(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.second-factor.key-version is 2");
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
        assertThatThrownBy(() -> vault(Map.of(1, aKey(16)), OptionalInt.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.second-factor.keys.1");
    }

    static SecretVault vault(Map<Integer, String> keys, OptionalInt keyVersion) {
        return new SecretVault(new Keys(keys, keyVersion));
    }

    private record Keys(Map<Integer, String> keys, OptionalInt keyVersion)
            implements SecondFactorConfig {}

    private static String aKey(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
