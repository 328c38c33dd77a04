package dev.sendex.send.dispatch;

import dev.sendex.send.ses.SendOutcome;
import dev.sendex.send.ses.SendOutcome.Accepted;
import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SendOutcome.Throttled;
import dev.sendex.send.ses.SendOutcome.Unavailable;
import dev.sendex.send.ses.SendOutcome.Unknown;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether Amazon SES is available. Opens after several consecutive failures and closes with the
/// first answer in which SES accepts, rejects or throttles an email.
///
/// While it is open, this instance probes SES with one email at a time, at growing intervals. Each
/// instance has its own state.
@ApplicationScoped
class SesCircuitBreaker {

    static final int FAILURE_THRESHOLD = 5;
    static final Duration MIN_PROBE_INTERVAL = Duration.ofSeconds(1);

    private final Clock clock;
    private final Duration maxProbeInterval;

    private int failures;
    private Duration probeInterval;
    private @Nullable Outage outage;

    /// @param reason the latest failure, of SES or of the connection to it
    record Outage(Instant since, String reason) {}

    @Inject
    SesCircuitBreaker(Clock clock, DispatchConfig config, MeterRegistry metrics) {
        this(clock, config.maxProbeInterval(), metrics);
    }

    SesCircuitBreaker(Clock clock, Duration maxProbeInterval, MeterRegistry metrics) {
        this.clock = clock;
        this.maxProbeInterval = maxProbeInterval;
        this.probeInterval = atMostMax(MIN_PROBE_INTERVAL);
        metrics.gauge("sendex.dispatch.ses.outage.seconds", this, SesCircuitBreaker::outageSeconds);
    }

    synchronized boolean isOpen() {
        return outage != null;
    }

    synchronized @Nullable Outage outage() {
        return outage;
    }

    /// The time from one probe to the next.
    synchronized Duration probeInterval() {
        return probeInterval;
    }

    /// Records the outcome of an email.
    ///
    /// @return whether this ended an outage
    synchronized boolean record(SendOutcome outcome) {
        return switch (outcome) {
            case Accepted _, Rejected _, Throttled _ -> succeeded();
            case Unavailable(String reason) -> failed(reason);
            case Unknown(String reason) -> failed(reason);
        };
    }

    private boolean succeeded() {
        failures = 0;
        probeInterval = atMostMax(MIN_PROBE_INTERVAL);
        Outage ended = outage;
        outage = null;
        if (ended != null) {
            Log.infof(
                    "Amazon SES accepts email again outageSeconds=%d",
                    Duration.between(ended.since(), clock.instant()).toSeconds());
        }
        return ended != null;
    }

    private boolean failed(String reason) {
        failures++;
        Outage known = outage;
        if (known != null) {
            probeInterval = atMostMax(probeInterval.multipliedBy(2));
            outage = new Outage(known.since(), reason);
        } else if (failures >= FAILURE_THRESHOLD) {
            outage = new Outage(clock.instant(), reason);
            Log.errorf(
                    "Amazon SES is unavailable, sending is paused except for probes cause=\"%s\"",
                    reason);
        }
        return false;
    }

    private Duration atMostMax(Duration interval) {
        return interval.compareTo(maxProbeInterval) < 0 ? interval : maxProbeInterval;
    }

    private synchronized double outageSeconds() {
        Outage current = outage;
        return current == null
                ? 0
                : Duration.between(current.since(), clock.instant()).toMillis() / 1000.0;
    }
}
