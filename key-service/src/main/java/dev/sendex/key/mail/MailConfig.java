package dev.sendex.key.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How mails are sent. Without `url`, `from` and a key none are, and links are shown to whoever
/// asks for them instead.
@ConfigMapping(prefix = "sendex.mail")
interface MailConfig {

    /// Where send-service is reached, for example `http://send-service:8080`.
    Optional<URI> url();

    /// The sender, of a domain that the key may send from.
    Optional<String> from();

    /// A key with `emails:send`.
    Optional<String> apiKey();

    /// A file with that key instead, read for every mail, so that the key can be rotated.
    Optional<Path> apiKeyFile();

    /// How long send-service may take for one mail.
    @WithDefault("10s")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 5)
    Duration timeout();

    /// How often the table is looked at for mails that nobody announced.
    @WithDefault("1s")
    @DurationMin(millis = 10)
    @DurationMax(minutes = 5)
    Duration pollInterval();
}
