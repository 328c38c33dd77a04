package dev.sendex.key.devices;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// Settings of known devices.
@ConfigMapping(prefix = "sendex.known-devices")
interface DeviceConfig {

    /// How long a browser stays a known device after the last sign-in.
    @WithDefault("90d")
    @DurationMin(minutes = 1)
    @DurationMax(days = 400)
    Duration lifetime();
}
