package dev.sendex.send.dispatch;

import dev.sendex.send.ses.SendOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Metrics of dispatch: where emails came from, attempts by outcome, emails that were not sent, and
/// the queue's depth and age.
@ApplicationScoped
class DispatchMetrics {

    private final MeterRegistry registry;
    private final Counter fromMemory;
    private final Counter fromQueue;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestSeconds = new AtomicLong();

    DispatchMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.fromMemory = registry.counter("sendex.dispatch.claimed", "source", "memory");
        this.fromQueue = registry.counter("sendex.dispatch.claimed", "source", "queue");
        registry.gauge("sendex.dispatch.queue.depth", waiting);
        registry.gauge("sendex.dispatch.queue.age.seconds", oldestSeconds);
    }

    /// An email that was just accepted is sent without having been in the queue.
    void sendingFromMemory() {
        fromMemory.increment();
    }

    void sendingFromQueue() {
        fromQueue.increment();
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
