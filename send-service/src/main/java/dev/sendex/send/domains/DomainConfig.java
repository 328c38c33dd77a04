package dev.sendex.send.domains;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Which domains may be added, how they are proven, and what they have in common.
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

    /// Whether the configuration set has Amazon SES track opens. It does so for all domains alike;
    /// this tells them what to say about it.
    @WithDefault("false")
    boolean openTracking();

    /// Whether the configuration set has Amazon SES track clicks.
    @WithDefault("false")
    boolean clickTracking();
}
