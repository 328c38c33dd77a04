package dev.sendex.key.secondfactor.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TotpSecretCipherTest {

    private static final UUID MEMBER = UUID.randomUUID();
    private static final String FORMER = aKey(32);
    private static final String NEWEST = aKey(32);

    private final TotpSecret secret = TotpSecret.generate(new SecureRandom());
    private final TotpSecretCipher former = cipher(Map.of(1, FORMER), OptionalInt.empty());
    private final TotpSecretCipher cipher =
            cipher(Map.of(1, FORMER, 2, NEWEST), OptionalInt.empty());
    private final TotpSecretCipher prepared =
            cipher(Map.of(1, FORMER, 2, NEWEST), OptionalInt.of(1));

    @Test
    void a_secret_is_encrypted_with_the_current_key_and_can_be_decrypted() {
        EncryptedSecret encrypted = cipher.encrypt(MEMBER, secret);

        assertThat(encrypted.keyVersion()).isEqualTo(2);
        assertThat(cipher.isOutdated(encrypted)).isFalse();
        assertThat(new String(encrypted.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret.base32());
        assertThat(cipher.decrypt(MEMBER, encrypted)).isEqualTo(secret);
    }

    @Test
    void a_secret_encrypted_with_an_old_key_can_be_decrypted() {
        EncryptedSecret encrypted = former.encrypt(MEMBER, secret);

        assertThat(cipher.isOutdated(encrypted)).isTrue();
        assertThat(cipher.decrypt(MEMBER, encrypted)).isEqualTo(secret);
    }

    @Test
    void a_new_key_can_be_configured_before_it_is_used() {
        EncryptedSecret encrypted = prepared.encrypt(MEMBER, secret);

        assertThat(former.decrypt(MEMBER, encrypted)).isEqualTo(secret);
        assertThat(prepared.isOutdated(encrypted)).isFalse();
        assertThat(prepared.isOutdated(cipher.encrypt(MEMBER, secret))).isFalse();
        assertThat(prepared.decrypt(MEMBER, cipher.encrypt(MEMBER, secret))).isEqualTo(secret);
    }

    @Test
    void a_version_without_a_key_stops_the_start() {
        assertThatThrownBy(() -> cipher(Map.of(1, FORMER), OptionalInt.of(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.second-factor.key-version is 2");
    }

    @Test
    void encrypting_the_same_secret_twice_gives_different_results() {
        assertThat(cipher.encrypt(MEMBER, secret).bytes())
                .isNotEqualTo(cipher.encrypt(MEMBER, secret).bytes());
    }

    @Test
    void a_secret_cannot_be_decrypted_for_another_member() {
        assertThat(cipher.decrypt(UUID.randomUUID(), cipher.encrypt(MEMBER, secret))).isNull();
    }

    @Test
    void a_secret_without_its_key_or_altered_cannot_be_decrypted() {
        EncryptedSecret encrypted = cipher.encrypt(MEMBER, secret);
        byte[] altered = encrypted.bytes();
        altered[20] ^= 1;

        assertThat(former.decrypt(MEMBER, encrypted)).isNull();
        assertThat(cipher.decrypt(MEMBER, new EncryptedSecret(1, encrypted.bytes()))).isNull();
        assertThat(cipher.decrypt(MEMBER, new EncryptedSecret(2, altered))).isNull();
    }

    @Test
    void a_key_of_another_length_stops_the_start() {
        assertThatThrownBy(() -> cipher(Map.of(1, aKey(16)), OptionalInt.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.second-factor.keys.1");
    }

    static TotpSecretCipher cipher(Map<Integer, String> keys, OptionalInt keyVersion) {
        return new TotpSecretCipher(new Keys(keys, keyVersion));
    }

    private record Keys(Map<Integer, String> keys, OptionalInt keyVersion)
            implements SecondFactorConfig {}

    private static String aKey(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
