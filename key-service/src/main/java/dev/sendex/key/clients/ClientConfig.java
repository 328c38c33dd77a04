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

/// Who may introspect, and under which name this service answers. Public, since its map of further
/// settings is validated from outside the package.
@ConfigMapping(prefix = "sendex.introspection")
public interface ClientConfig {

    /// Where services reach this one: scheme, host and port.
    URI url();

    /// What answers name as their issuer.
    String issuer();

    /// The registered services by their client id.
    Map<String, Registration> resourceServers();

    Assertions assertions();

    WrongSecrets wrongSecrets();

    /// A service that may introspect.
    interface Registration {

        /// The one way in which it may prove itself.
        @WithDefault("client_secret_basic")
        AuthMethod authMethod();

        /// Its client secret, for `client_secret_basic`; at least 16 characters.
        Optional<String> secret();

        /// Its public keys, for `private_key_jwt`: PEM blocks `PUBLIC KEY`, or a JWK set. Several
        /// keys count side by side, so that it can change them.
        Optional<String> publicKeys();

        /// The same in a file.
        Optional<Path> publicKeysFile();

        /// How long it may remember a key that has no expiry of its own.
        @WithDefault("1h")
        @DurationMin(seconds = 1)
        @DurationMax(days = 30)
        Duration lease();
    }

    /// How guessing at client secrets is slowed down.
    interface WrongSecrets {

        /// How many wrong secrets of one client id from one address (of IPv6, one /64) are answered
        /// at once within a minute.
        @WithDefault("20")
        @Min(1)
        @Max(1_000_000)
        int perMinute();

        /// By how much the answers to further ones are late.
        @WithDefault("1s")
        @DurationMin(millis = 0)
        @DurationMax(seconds = 60)
        Duration delay();
    }

    /// What is expected of the assertions of `private_key_jwt`.
    interface Assertions {

        /// Whom they must be meant for, one of these; unless set the issuer or the URL of the
        /// introspection endpoint.
        Optional<Set<String>> audiences();

        /// How far ahead their expiry may be. Each is remembered until then.
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

    /// The address of a path here.
    default String at(String path) {
        return url().toString().replaceAll("/+$", "") + path;
    }

    /// How a service proves itself, named as in RFC 7591 and OpenID Connect.
    public enum AuthMethod {
        /// HTTP Basic with its id and secret.
        CLIENT_SECRET_BASIC,
        /// A JWT that it signs with its own key (RFC 7523).
        PRIVATE_KEY_JWT;

        /// All of them, as authorization server metadata lists them.
        public static List<String> names() {
            return Arrays.stream(values())
                    .map(method -> method.name().toLowerCase(Locale.ROOT))
                    .toList();
        }
    }
}
