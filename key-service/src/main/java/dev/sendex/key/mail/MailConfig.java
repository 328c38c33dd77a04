package dev.sendex.key.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of outgoing email. Without `url`, `from` and a key no emails are sent, and links are
/// shown in responses instead.
@ConfigMapping(prefix = "sendex.mail")
interface MailConfig {

    /// The URL of send-service, for example `http://send-service:8080`.
    Optional<URI> url();

    /// The sender's address. The key must allow its domain.
    Optional<String> from();

    /// A key with `emails:send`.
    Optional<String> apiKey();

    /// A file with that key instead. It is read for every email, so that the key can be rotated.
    Optional<Path> apiKeyFile();

    /// Timeout of one call to send-service.
    @WithDefault("10s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 5)
    Duration timeout();

    /// How often the table is polled for emails without a wake-up.
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 5)
    Duration pollInterval();
}
