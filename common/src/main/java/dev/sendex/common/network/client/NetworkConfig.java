package dev.sendex.common.network.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// Settings of the network around this service.
@ConfigMapping(prefix = "sendex.network")
public interface NetworkConfig {

    /// The trusted proxies, as CIDR blocks. If empty, the connected address is the client's.
    Optional<List<String>> trustedProxies();

    /// The header in which the proxies send client addresses. The other is ignored, because proxies
    /// may forward it unchanged from the client.
    @WithDefault("x-forwarded-for")
    ForwardedHeader clientHeader();

    /// A header in which proxies send client addresses. Public, since the settings are validated
    /// from outside the package.
    public enum ForwardedHeader {
        X_FORWARDED_FOR("X-Forwarded-For"),
        /// RFC 7239
        FORWARDED("Forwarded");

        private final String title;

        ForwardedHeader(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }
}
