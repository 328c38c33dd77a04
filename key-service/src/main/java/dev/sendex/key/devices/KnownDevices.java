package dev.sendex.key.devices;

import dev.sendex.common.crypto.Sha256;
import dev.sendex.key.signing.JwtSigner;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the cookie of a known device. It contains the member, an id of the device,
/// its expiry and a digest of the password's hash, so that a new password invalidates it, and it is
/// signed. Nothing is stored on the server.
@ApplicationScoped
public class KnownDevices {

    /// The name of the cookie.
    public static final String COOKIE = "sendex_device";

    private static final String TYPE = "sendex-device";
    private static final int MAX_LENGTH = 1024;
    private static final int PARTS = 4;

    private final JwtSigner signer;
    private final CurrentVertxRequest request;
    private final DeviceConfig config;
    private final Clock clock;

    KnownDevices(JwtSigner signer, CurrentVertxRequest request, DeviceConfig config, Clock clock) {
        this.signer = signer;
        this.request = request;
        this.config = config;
        this.clock = clock;
    }

    public Duration lifetime() {
        return config.lifetime();
    }

    /// A new cookie value, for a browser in which the member has signed in.
    ///
    /// @param passwordHash of the current password
    public String remember(UUID memberId, String passwordHash) {
        long expiresAt = clock.instant().plus(config.lifetime()).getEpochSecond();
        return signer.sign(
                TYPE,
                "%s %s %d %s"
                        .formatted(memberId, UUID.randomUUID(), expiresAt, digest(passwordHash)));
    }

    /// Whether the current request comes from any known device.
    public boolean isPresented() {
        return parts().length == PARTS;
    }

    /// The id of the device of the current request; null if the member has not signed in there with
    /// this password.
    public @Nullable String find(UUID memberId, String passwordHash) {
        String[] parts = parts();
        boolean known =
                parts.length == PARTS
                        && parts[0].equals(memberId.toString())
                        && Long.parseLong(parts[2]) > clock.instant().getEpochSecond()
                        && isEqual(parts[3], digest(passwordHash));
        return known ? parts[1] : null;
    }

    /// The parts of a valid cookie, or an empty array.
    private String[] parts() {
        String cookie = cookie();
        String signed = cookie == null ? null : signer.verify(TYPE, cookie);
        return signed == null ? new String[0] : signed.split(" ", -1);
    }

    private @Nullable String cookie() {
        RoutingContext current = request.getCurrent();
        Set<Cookie> cookies = current == null ? Set.of() : current.request().cookies(COOKIE);
        if (cookies.size() != 1) {
            return null;
        }
        String value = cookies.iterator().next().getValue();
        return value.length() <= MAX_LENGTH ? value : null;
    }

    private static String digest(String passwordHash) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of("known device " + passwordHash));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
