package dev.sendex.key.invitations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of invitations.
@ConfigMapping(prefix = "sendex.invitations")
interface InvitationConfig {

    /// How long an invitation can be accepted.
    @WithDefault("7d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 90)
    Duration lifetime();

    /// Retention of expired invitations.
    @WithDefault("7d")
    @DurationMin(seconds = 0)
    Duration keepExpired();

    /// How many invitations an account can have open at the same time.
    @WithDefault("100")
    @Min(1)
    @Max(10_000)
    int limitPerAccount();
}
