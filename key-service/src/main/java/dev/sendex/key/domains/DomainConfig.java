package dev.sendex.key.domains;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings for looking up domains.
@ConfigMapping(prefix = "sendex.domains")
interface DomainConfig {

    /// The URL of send-service, for example `http://send-service:8080`. Without it `domain_id` is
    /// refused.
    Optional<URI> url();

    @WithDefault("2s")
    @DurationMin(millis = 100)
    @DurationMax(seconds = 30)
    Duration timeout();
}
