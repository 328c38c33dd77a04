package dev.sendex.webhook.signing;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// The secret shared with an endpoint's receiver: `whsec_` and base64 of 32 random bytes, as in
/// Standard Webhooks. `toString` hides it.
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

    /// The secret in plain text, for the response that shows it.
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
