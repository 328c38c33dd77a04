package dev.sendex.key.devices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Browsers that a member has signed in with before.
@ConfigMapping(prefix = "sendex.known-devices")
interface DeviceConfig {

    /// How long after its last sign-in a browser is known.
    @WithDefault("90d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 400)
    Duration lifetime();
}
