package dev.sendex.key.throttle;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Limits on guessing secrets. Only failed attempts count in the end.
@ConfigMapping(prefix = "sendex.throttle")
interface ThrottleConfig {

    /// Attempts per window on one email or member from one client address (of IPv6, one /64) or one
    /// known device.
    @WithDefault("10")
    @Min(1)
    @Max(100)
    int perSubjectAndClient();

    /// Attempts per window on one email or member from all addresses except known devices.
    @WithDefault("200")
    @Min(1)
    @Max(100_000)
    int perSubject();

    /// Emails per window that anyone can have sent to one address, except from known devices.
    @WithDefault("20")
    @Min(1)
    @Max(1_000)
    int mailsPerSubject();

    /// Attempts per window from one client address (of IPv6, one /64) on any subject.
    @WithDefault("100")
    @Min(1)
    @Max(100_000)
    int perClient();

    @WithDefault("15m")
    @DurationMin(seconds = 1)
    @DurationMax(hours = 24)
    Duration window();
}
