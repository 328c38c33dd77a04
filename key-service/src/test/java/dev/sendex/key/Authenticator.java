package dev.sendex.key;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.with;

import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/// An authenticator app, which computes codes according to RFC 6238.
public final class Authenticator {

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int SIX_DIGITS = 1_000_000;

    private final String secret;
    private final MovableClock clock;
    private List<String> recoveryCodes = List.of();

    private Authenticator(String secret, MovableClock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /// An app with the secret of an unconfirmed setup.
    public static Authenticator started(String session, MovableClock clock) {
        Response started = start(session, PASSWORD);
        started.then().statusCode(201);
        return new Authenticator(started.path("secret"), clock);
    }

    /// The app of a member whose two-factor authentication is enabled.
    public static Authenticator of(String session, MovableClock clock) {
        Authenticator app = started(session, clock);
        Response confirmed = confirm(session, app.nextCode());
        confirmed.then().statusCode(200);
        app.recoveryCodes = confirmed.path("codes");
        return app;
    }

    public static Response start(String session, String password) {
        return with(session).body(Map.of("password", password)).post("/v1/auth/second-factor");
    }

    public static Response confirm(String session, String code) {
        return with(session).body(Map.of("code", code)).post("/v1/auth/second-factor/confirm");
    }

    /// The current code.
    public String code() {
        return codeAt(clock.instant());
    }

    /// The code of the next time step, to which the clock is advanced.
    public String nextCode() {
        clock.advance(STEP);
        return code();
    }

    /// A code that is not valid at present.
    public String wrongCode() {
        return codeAt(clock.instant().plus(Duration.ofDays(1)));
    }

    public String recoveryCode(int index) {
        return recoveryCodes.get(index);
    }

    public String secret() {
        return secret;
    }

    private String codeAt(Instant time) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"));
            long step = time.getEpochSecond() / STEP.toSeconds();
            ByteBuffer hash =
                    ByteBuffer.wrap(mac.doFinal(ByteBuffer.allocate(8).putLong(step).array()));
            int offset = hash.get(hash.limit() - 1) & 0xf;
            return "%06d".formatted((hash.getInt(offset) & 0x7fffffff) % SIX_DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
