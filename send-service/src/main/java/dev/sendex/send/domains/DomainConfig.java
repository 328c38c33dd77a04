package dev.sendex.send.domains;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Which domains may be added, and how they are proven.
@ConfigMapping(prefix = "sendex.domains")
interface DomainConfig {

    /// The DNS server to ask, as an IP address with or without a port; none: the first one that
    /// `/etc/resolv.conf` names.
    Optional<String> dnsServer();

    /// How long an answer of that server is waited for.
    @WithDefault("5s")
    Duration dnsTimeout();

    /// Domains that no account may add, nor any below them; the operator's own, for example.
    Optional<Set<String>> reserved();
}
