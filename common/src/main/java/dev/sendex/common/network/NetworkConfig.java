package dev.sendex.common.network;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// Where this service stands in the network.
@ConfigMapping(prefix = "sendex.network")
public interface NetworkConfig {

    /// The proxies, as CIDR blocks, whose word about their clients counts. None: whoever connects
    /// is the client.
    Optional<List<String>> trustedProxies();

    /// The header in which they name their clients. The other is not read: a proxy that writes one
    /// passes on what a client has written into the other.
    @WithDefault("x-forwarded-for")
    ForwardedHeader clientHeader();

    /// A header in which proxies name their clients. Public, since the settings are validated from
    /// outside the package.
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
