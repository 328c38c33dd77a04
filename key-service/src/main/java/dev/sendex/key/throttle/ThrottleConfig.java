package dev.sendex.key.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How often a secret may be guessed at. Only what fails counts in the end.
@ConfigMapping(prefix = "sendex.throttle")
interface ThrottleConfig {

    /// Attempts within a window on one email or member from one client address (of IPv6, one /64),
    /// or from one device that is known.
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int perSubjectAndClient();

    /// Attempts within a window on one email or member from all addresses, known devices aside.
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int perSubject();

    /// Mails within a window that anyone can have sent to one address, known devices aside.
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int mailsPerSubject();

    /// Attempts within a window from one client address (of IPv6, one /64), on whomever.
    @WithDefault("100")
    @Min(1)
    @Max(100_000)
    int perClient();

    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration window();
}
