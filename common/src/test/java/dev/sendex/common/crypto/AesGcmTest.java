package dev.sendex.common.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AesGcmTest {

    private static final UUID OWNER = new UUID(1, 2);

    private final AesGcm cipher = new AesGcm("setting", aKey(32, 7));
    private final byte[] secret = "a secret".getBytes(US_ASCII);

    /// Computed by another implementation: AES-256-GCM with the key 07…07, the nonce 00…0b and the
    /// associated data 0000000000000001 0000000000000002.
    @Test
    void the_encrypted_form_is_nonce_ciphertext_and_tag() {
        byte[] encrypted =
                HexFormat.of()
                        .parseHex(
                                "000102030405060708090a0b79a19a157e7bbc3d832656d6782369528ff812f6f780cc12");

        assertThat(cipher.decrypt(OWNER, encrypted)).isEqualTo(secret);
    }

    @Test
    void a_secret_is_decrypted_and_encrypted_differently_each_time() {
        byte[] encrypted = cipher.encrypt(OWNER, secret);

        assertThat(cipher.decrypt(OWNER, encrypted)).isEqualTo(secret);
        assertThat(cipher.encrypt(OWNER, secret)).isNotEqualTo(encrypted);
    }

    @Test
    void decryption_fails_with_another_owner_another_key_or_altered_bytes() {
        byte[] encrypted = cipher.encrypt(OWNER, secret);
        byte[] altered = encrypted.clone();
        altered[altered.length - 1] ^= 1;

        assertThat(cipher.decrypt(new UUID(2, 1), encrypted)).isNull();
        assertThat(new AesGcm("setting", aKey(32, 8)).decrypt(OWNER, encrypted)).isNull();
        assertThat(cipher.decrypt(OWNER, altered)).isNull();
        assertThat(cipher.decrypt(OWNER, Arrays.copyOf(encrypted, 12))).isNull();
        assertThat(cipher.decrypt(OWNER, new byte[3])).isNull();
    }

    @Test
    void a_key_of_the_wrong_length_is_refused_with_the_name_of_its_setting() {
        assertThatThrownBy(() -> new AesGcm("sendex.some.key", aKey(16, 7)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.some.key");
    }

    private static String aKey(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
