package dev.sendex.send.ses;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;

/// How Amazon SES is used; where it is stands under `quarkus.ses`.
@ConfigMapping(prefix = "sendex.ses")
interface SesConfig {

    /// The configuration set that carries the events; it must exist in SES.
    @WithDefault("sendex")
    @NotBlank
    String configurationSet();

    /// How long one send may take, connection and answer included.
    @WithDefault("20s")
    Duration sendTimeout();

    /// How long any other call may take.
    @WithDefault("10s")
    Duration callTimeout();
}
