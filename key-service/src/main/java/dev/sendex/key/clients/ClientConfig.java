package dev.sendex.key.clients;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of introspection: the registered services and this service's name. Public, since the
/// nested settings in its map are validated from outside the package.
@ConfigMapping(prefix = "sendex.introspection")
public interface ClientConfig {

    /// The base URL of this service: scheme, host and port.
    URI url();

    /// The issuer in responses.
    String issuer();

    /// The registered services by their client id.
    Map<String, Registration> resourceServers();

    Assertions assertions();

    WrongSecrets wrongSecrets();

    /// A service that may introspect.
    interface Registration {

        /// How the service must authenticate.
        @WithDefault("client_secret_basic")
        AuthMethod authMethod();

        /// Its client secret, for `client_secret_basic`; at least 16 characters.
        Optional<String> secret();

        /// Its public keys, for `private_key_jwt`: PEM blocks `PUBLIC KEY`, or a JWK set. Several
        /// keys are accepted at the same time, so that they can be rotated.
        Optional<String> publicKeys();

        /// The same in a file.
        Optional<Path> publicKeysFile();

        /// How long it may cache a key that does not expire earlier.
        @WithDefault("1h")
        @DurationMin(seconds = 1)
        @DurationMax(days = 30)
        Duration lease();
    }

    /// How guessing at client secrets is slowed down.
    interface WrongSecrets {

        /// How many wrong secrets of one client id from one address (of IPv6, one /64) are answered
        /// without delay within a minute.
        @WithDefault("20")
        @Min(1)
        @Max(1_000_000)
        int perMinute();

        /// The delay of further responses.
        @WithDefault("1s")
        @DurationMin(millis = 0)
        @DurationMax(seconds = 60)
        Duration delay();
    }

    /// The rules for assertions of `private_key_jwt`.
    interface Assertions {

        /// The accepted audiences; by default the issuer and the URL of the introspection endpoint.
        Optional<Set<String>> audiences();

        /// How far in the future their expiry may be. Each assertion is stored until it expires.
        @WithDefault("10m")
        @DurationMin(seconds = 10)
        @DurationMax(hours = 1)
        Duration maxLifetime();

        /// How far the service's clock may differ.
        @WithDefault("10s")
        @DurationMin(millis = 0)
        @DurationMax(minutes = 2)
        Duration clockSkew();
    }

    /// The URL of the introspection endpoint.
    default String endpoint() {
        return at("/oauth2/introspect");
    }

    /// The URL of a path of this service.
    default String at(String path) {
        return url().toString().replaceAll("/+$", "") + path;
    }

    /// How a service authenticates, named as in RFC 7591 and OpenID Connect.
    public enum AuthMethod {
        /// HTTP Basic with its id and secret.
        CLIENT_SECRET_BASIC,
        /// A JWT that it signs with its own key (RFC 7523).
        PRIVATE_KEY_JWT;

        /// All methods, as listed in the authorization server metadata.
        public static List<String> names() {
            return Arrays.stream(values())
                    .map(method -> method.name().toLowerCase(Locale.ROOT))
                    .toList();
        }
    }
}
