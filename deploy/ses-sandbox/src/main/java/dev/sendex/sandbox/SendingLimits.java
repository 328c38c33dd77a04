package dev.sendex.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/// SES's two limits, both counted in recipients: the quota per 24 hours and the rate per second.
///
/// Allows short bursts of up to one second's worth. Recipients at the mailbox simulator count
/// against the rate but not against the quota.
final class SendingLimits {

    private static final Duration WINDOW = Duration.ofHours(24);

    private record Sent(Instant second, int recipients) {}

    private final SandboxControl control;
    private final InstantSource clock;
    private final Deque<Sent> window = new ArrayDeque<>();
    private long sentInWindow;
    private double rateBefore;
    private double allowance;
    private Instant refilled;

    SendingLimits(SandboxControl control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
        refilled = clock.instant();
    }

    /// Counts a send, or rejects it as SES does.
    synchronized void take(int recipients, int countedForQuota) {
        Instant now = clock.instant();
        forgetOld(now);
        refill(now);
        if (sentInWindow + countedForQuota > control.max24HourSend()) {
            throw SesFailure.throttled("Daily message quota exceeded.");
        }
        // A send larger than a second's worth passes once a full second's worth is available.
        if (allowance < Math.min(recipients, control.maxSendRate())) {
            throw SesFailure.throttled("Maximum sending rate exceeded.");
        }
        allowance -= recipients;
        sentInWindow += countedForQuota;
        remember(now.truncatedTo(ChronoUnit.SECONDS), countedForQuota);
    }

    synchronized long sentLast24Hours() {
        forgetOld(clock.instant());
        return sentInWindow;
    }

    private void refill(Instant now) {
        double rate = control.maxSendRate();
        if (rate != rateBefore) {
            // A new rate takes effect at once, whatever was sent before.
            rateBefore = rate;
            allowance = rate;
        }
        double seconds = Duration.between(refilled, now).toNanos() / 1e9;
        allowance = Math.min(Math.max(1, rate), allowance + seconds * rate);
        refilled = now;
    }

    private void remember(Instant second, int recipients) {
        Sent last = window.peekLast();
        if (last != null && last.second().equals(second)) {
            window.removeLast();
            window.add(new Sent(second, last.recipients() + recipients));
        } else {
            window.add(new Sent(second, recipients));
        }
    }

    private void forgetOld(Instant now) {
        while (!window.isEmpty() && window.getFirst().second().isBefore(now.minus(WINDOW))) {
            sentInWindow -= window.removeFirst().recipients();
        }
    }
}
