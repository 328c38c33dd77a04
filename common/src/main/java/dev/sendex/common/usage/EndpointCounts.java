package dev.sendex.common.usage;

import dev.sendex.common.problem.Problem;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts of one key's requests to one endpoint by outcome. The number of problems is limited,
/// since they come from a catalogue.
final class EndpointCounts {

    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final ConcurrentMap<Problem, AtomicLong> refusedFor = new ConcurrentHashMap<>(2);

    void count(Outcome outcome, @Nullable Problem problem) {
        counter(outcome, problem).incrementAndGet();
    }

    private AtomicLong counter(Outcome outcome, @Nullable Problem problem) {
        return switch (outcome) {
            case SUCCESS -> succeeded;
            case FAILED -> failed;
            case REFUSED -> problem == null ? refused : refusedFor(problem);
        };
    }

    private AtomicLong refusedFor(Problem problem) {
        AtomicLong existing = refusedFor.get(problem);
        return existing == null
                ? refusedFor.computeIfAbsent(problem, _ -> new AtomicLong())
                : existing;
    }

    /// Removes and returns the counts. A concurrent increment is either returned or remains.
    void drain(String endpoint, List<UsageRecord.Count> counts) {
        drain(endpoint, Outcome.SUCCESS, null, succeeded, counts);
        drain(endpoint, Outcome.FAILED, null, failed, counts);
        drain(endpoint, Outcome.REFUSED, null, refused, counts);
        refusedFor.forEach((problem, counter) ->
                drain(endpoint, Outcome.REFUSED, problem.slug(), counter, counts));
    }

    private static void drain(
            String endpoint,
            Outcome outcome,
            @Nullable String problem,
            AtomicLong counter,
            List<UsageRecord.Count> counts) {
        long requests = counter.getAndSet(0);
        if (requests > 0) {
            counts.add(new UsageRecord.Count(endpoint, outcome, problem, requests));
        }
    }
}
