package dev.sendex.send.dispatch;

import dev.sendex.send.ses.SendOutcome;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Metrics of dispatch: attempts by outcome, emails that were not sent, and the queue's depth and
/// age.
@ApplicationScoped
class DispatchMetrics {

    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestSeconds = new AtomicLong();

    DispatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("sendex.dispatch.queue.depth", waiting);
        registry.gauge("sendex.dispatch.queue.age.seconds", oldestSeconds);
    }

    void tried(SendOutcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        registry.counter("sendex.dispatch.tries", "outcome", name).increment();
    }

    void failed() {
        registry.counter("sendex.dispatch.unsent", "status", "failed").increment();
    }

    void suppressed() {
        registry.counter("sendex.dispatch.unsent", "status", "suppressed").increment();
    }

    void reclaimed(int emails) {
        registry.counter("sendex.dispatch.reclaimed").increment(emails);
    }

    void queue(long depth, long oldest) {
        waiting.set(depth);
        oldestSeconds.set(oldest);
    }
}
