package dev.sendex.key.introspection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/// Who may introspect. Public, since its map of further settings is validated from outside the
/// package.
@ConfigMapping(prefix = "sendex.introspection")
public interface ResourceServerConfig {

    /// What answers name as their issuer.
    @WithDefault("sendex")
    String issuer();

    /// The registered services by their client id.
    Map<String, ResourceServer> resourceServers();

    /// A service that may introspect.
    interface ResourceServer {

        /// Its client secret; at least 16 characters.
        String secret();

        /// How long it may remember a key that has no expiry of its own.
        @WithDefault("1h")
        Duration lease();
    }
}
