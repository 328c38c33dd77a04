package dev.sendex.key.secondfactor.totp;

import com.bastiaanjansen.otp.HMACAlgorithm;
import com.bastiaanjansen.otp.TOTPGenerator;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/// The secret of an authenticator app and its codes (RFC 6238): six digits every 30 seconds by
/// HMAC-SHA-1, the only variant that every app supports.
///
/// @param base32 160 random bits, as they are typed
public record TotpSecret(String base32) {

    private static final String ISSUER = "Sendex";
    private static final int BYTES = 20;
    private static final int DIGITS = 6;
    private static final Duration STEP = Duration.ofSeconds(30);

    /// How many steps a device's clock may be off in either direction.
    private static final int DRIFT = 1;

    public static TotpSecret generate(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpSecret(new Base32().encodeToString(bytes));
    }

    /// The `otpauth` URI for a QR code.
    public URI uri(String email) {
        try {
            return generator().getURI(ISSUER, email);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The time step of this code, or null if it is not valid now. The time is the same for correct
    /// and wrong codes.
    public @Nullable Long stepOf(String code, Instant now) {
        TOTPGenerator codes = generator();
        byte[] presented = code.getBytes(StandardCharsets.UTF_8);
        long present = now.getEpochSecond() / STEP.toSeconds();
        Long found = null;
        for (long step = present - DRIFT; step <= present + DRIFT; step++) {
            String expected = codes.at(step * STEP.toSeconds());
            if (MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), presented)) {
                found = step;
            }
        }
        return found;
    }

    @SuppressWarnings("deprecation") // many apps support only SHA-1
    private TOTPGenerator generator() {
        return new TOTPGenerator.Builder(base32.getBytes(StandardCharsets.US_ASCII))
                .withHOTPGenerator(
                        codes -> codes.withPasswordLength(DIGITS).withAlgorithm(HMACAlgorithm.SHA1))
                .withPeriod(STEP)
                .build();
    }

    @Override
    public String toString() {
        return "TotpSecret[hidden]";
    }
}
