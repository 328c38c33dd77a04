package dev.sendex.key.introspection;

import dev.sendex.key.introspection.ResourceServerConfig.ResourceServer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recognises registered services by HTTP Basic client credentials (RFC 6749, section 2.3.1).
@ApplicationScoped
class ResourceServers {

    private static final String BASIC = "basic ";
    private static final int MIN_SECRET = 16;

    private final Map<String, ResourceServer> registered;

    ResourceServers(ResourceServerConfig config) {
        this.registered = config.resourceServers();
    }

    void refuseWeakSecrets(@Observes StartupEvent started) {
        registered.forEach((id, server) -> {
            if (server.secret().length() < MIN_SECRET) {
                throw new IllegalStateException(
                        "sendex.introspection.resource-servers.%s.secret is too short"
                                .formatted(id));
            }
        });
    }

    /// The service that the header proves, or null. Takes as long for an unknown id as for a wrong
    /// secret.
    @Nullable ResourceServer find(@Nullable String authorization) {
        String[] credentials = credentials(authorization);
        if (credentials == null) {
            return null;
        }
        ResourceServer server = registered.get(unescape(credentials[0]));
        String secret = server == null ? "" : server.secret();
        boolean right = equal(credentials[1], secret) || equal(unescape(credentials[1]), secret);
        return right && server != null ? server : null;
    }

    private static String @Nullable [] credentials(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return null;
        }
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
            String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? parts : null;
        } catch (IllegalArgumentException noCredentials) {
            return null;
        }
    }

    /// Clients should form-encode both parts before they join them (RFC 6749, appendix B). Many do
    /// not, so what cannot be decoded is taken as it stands, and a secret either way.
    private static String unescape(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }

    /// Compares hashes, so that not even the length takes time to tell.
    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(sha256(one), sha256(other));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
