package dev.sendex.webhook.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// What is taken from SNS.
@ConfigMapping(prefix = "sendex.ingest.sns")
interface SnsConfig {

    /// The topics whose messages are taken; none: nothing is.
    Optional<Set<String>> topicArns();

    /// The hosts, as a regular expression, that signing certificates and confirmations may be
    /// fetched from.
    @WithDefault("sns\\.[a-z]{2}(-[a-z]+){1,2}-[0-9]{1,2}\\.amazonaws\\.com(\\.cn)?")
    String certificateHosts();

    /// Whether a certificate's chain must lead to a trusted authority. Without, trust rests on the
    /// host that it came from over TLS.
    @WithDefault("true")
    boolean certificateChain();

    /// A PEM file with the authorities to trust, in place of those that Java trusts.
    Optional<Path> certificateAuthority();

    /// Messages that are older are refused.
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    Duration maxAge();

    /// The only address that is called, in place of Amazon's: the SES sandbox's.
    Optional<URI> endpoint();
}
