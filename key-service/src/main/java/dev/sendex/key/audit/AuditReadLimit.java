package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Limits concurrent exports and verifications, which read an account's whole log, per account and
/// instance.
@ApplicationScoped
class AuditReadLimit {

    private static final int MAX_PER_ACCOUNT = 2;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /// Contains an account only while a read of it is running.
    private final Map<UUID, Integer> running = new ConcurrentHashMap<>();

    /// Runs the read when the stream is subscribed to.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded`, in the stream, if
    ///   too many reads of the account are running
    <T> Multi<T> read(UUID accountId, Supplier<Multi<T>> read) {
        return Multi.createFrom()
                .deferred(() -> {
                    start(accountId);
                    return read.get().onTermination().invoke(() -> end(accountId));
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
        running.computeIfPresent(accountId, (_, reads) -> reads == 1 ? null : reads - 1);
    }
}
