package dev.sendex.send.domains;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Which domains may be added, how they are verified, and the options that all of them share.
@ConfigMapping(prefix = "sendex.domains")
interface DomainConfig {

    /// The DNS server to query, as an IP address with an optional port. Defaults to the first one
    /// in `/etc/resolv.conf`.
    Optional<String> dnsServer();

    /// The timeout of a DNS query.
    @WithDefault("5s")
    Duration dnsTimeout();

    /// Domains that no account may add, including their subdomains; for example the operator's own.
    Optional<Set<String>> reserved();

    /// Whether the configuration set has Amazon SES track opens, for all domains alike. Only shown
    /// in the API; does not change the configuration set.
    @WithDefault("false")
    boolean openTracking();

    /// Whether the configuration set has Amazon SES track clicks; as above.
    @WithDefault("false")
    boolean clickTracking();
}
