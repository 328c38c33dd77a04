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

/// Which SNS messages are accepted.
@ConfigMapping(prefix = "sendex.ingest.sns")
interface SnsConfig {

    /// The topics whose messages are accepted. By default none are.
    Optional<Set<String>> topicArns();

    /// A regular expression for the hosts of signing certificates and subscription confirmations.
    @WithDefault("sns\\.[a-z]{2}(-[a-z]+){1,2}-[0-9]{1,2}\\.amazonaws\\.com(\\.cn)?")
    String certificateHosts();

    /// Whether a certificate's chain must lead to a trusted authority. If not, trust rests on the
    /// host that it was fetched from over TLS.
    @WithDefault("true")
    boolean certificateChain();

    /// A PEM file with the authorities to trust, instead of Java's.
    Optional<Path> certificateAuthority();

    /// Older messages are rejected.
    @WithDefault("1h")
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    Duration maxAge();

    /// The only server that is called, instead of Amazon's; for the SES sandbox.
    Optional<URI> endpoint();
}
