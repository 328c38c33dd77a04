package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Bounds what reads all of an account's log, however long it is: so many at a time for each
/// account, on each instance.
@ApplicationScoped
class AuditWalks {

    private static final int MAX_PER_ACCOUNT = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /// Holds an account only while something of it is under way.
    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();

    /// Reads what the supplier reads once somebody subscribes.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded`, in the stream,
    ///   where the account has too many under way
    <T> Multi<T> walk(UUID accountId, Supplier<Multi<T>> walk) {
        return Multi.createFrom()
                .deferred(() -> {
                    start(accountId);
                    return walk.get().onTermination().invoke(() -> end(accountId));
                });
    }

    private void start(UUID accountId) {
        if (running.merge(accountId, 1, Integer::sum) > MAX_PER_ACCOUNT) {
            end(accountId);
            throw RATE_LIMIT_EXCEEDED.retryAfter(
                    RETRY_AFTER,
                    "Exports and verifications of this account's log are running already. Wait for"
                            + " them to end.");
        }
    }

    private void end(UUID accountId) {
        running.computeIfPresent(accountId, (_, walks) -> walks == 1 ? null : walks - 1);
    }
}
