package dev.sendex.send.ses;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

/// How Amazon SES is used. Region, endpoint and credentials are configured under `quarkus.ses`.
@ConfigMapping(prefix = "sendex.ses")
interface SesConfig {

    /// The configuration set whose event destination publishes the events; it must exist in SES.
    @WithDefault("sendex")
    @NotBlank
    String configurationSet();

    /// The timeout of one send, including the connection.
    @WithDefault("20s")
    Duration sendTimeout();

    /// The timeout of every other call.
    @WithDefault("10s")
    Duration callTimeout();
}
