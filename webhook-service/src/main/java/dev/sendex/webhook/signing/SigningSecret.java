package dev.sendex.webhook.signing;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// What an endpoint's receiver and we know: `whsec_` and base64 of 32 random bytes, as Standard
/// Webhooks writes it. Never prints itself.
public final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    private final byte[] bytes;

    SigningSecret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /// A new secret.
    ///
    /// @param random must be cryptographically secure
    public static SigningSecret generate(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SigningSecret(bytes);
    }

    /// For the answer that shows it to its owner.
    public String value() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }
}
