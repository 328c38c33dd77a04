package dev.sendex.common.network;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/// Where this service stands in the network.
@ConfigMapping(prefix = "sendex.network")
public interface NetworkConfig {

    /// The proxies, as CIDR blocks, whose word about their clients counts (`Forwarded`,
    /// `X-Forwarded-For`). None: whoever connects is the client.
    Optional<List<String>> trustedProxies();
}
