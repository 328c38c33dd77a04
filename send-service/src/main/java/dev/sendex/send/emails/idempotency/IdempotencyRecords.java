package dev.sendex.send.emails.idempotency;

import static dev.sendex.common.problem.Problem.CONCURRENT_IDEMPOTENT_REQUESTS;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.token.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Which request created which email. The primary key decides which of two concurrent requests
/// wins; see [#INSERT].
@ApplicationScoped
public class IdempotencyRecords {

    /// Records the first use of keys, in a statement that adds what to insert before it. Of keys
    /// that are known already nothing is returned, and of several emails with one key only one. An
    /// expired record is replaced. The rows must be in the order of the primary key, so that two
    /// statements never wait for each other.
    public static final String INSERT =
            """
            insert into idempotency_key as known
                (account_id, environment, key, request_hash, email_id, expires_at)
            select distinct on (account_id, environment, idempotency_key)
                account_id, environment, idempotency_key, request_hash, id,
                now() + interval '24 hours'
            from %s
            order by account_id, environment, idempotency_key
            on conflict on constraint idempotency_key_pk do update
            set request_hash = excluded.request_hash,
                email_id = excluded.email_id,
                expires_at = excluded.expires_at
            where known.expires_at <= now()
            returning email_id
            """;

    private static final String FIND =
            """
            select account_id, environment, key, request_hash, email_id
            from idempotency_key
            join unnest($1::uuid[], $2::text[], $3::text[]) as asked (account_id, environment, key)
                using (account_id, environment, key)
            where expires_at > now()
            """;

    private final Set<Scope> running = ConcurrentHashMap.newKeySet();

    /// A request with an idempotency key. Each environment has its own keys, so that a test email
    /// never answers a live request.
    public record Attempt(
            UUID accountId, Environment environment, IdempotencyKey key, Buffer fingerprint) {

        private Scope scope() {
            return new Scope(accountId, environment, key);
        }
    }

    /// What makes two attempts concurrent.
    private record Scope(UUID accountId, Environment environment, IdempotencyKey key) {}

    /// An email that an earlier request created.
    public record Earlier(UUID emailId, Buffer fingerprint) {}

    /// Runs a request unless another one with the same key is running on this instance.
    ///
    /// @return fails with `concurrent_idempotent_requests`
    public <T> Uni<T> alone(Attempt attempt, Uni<T> request) {
        return Uni.createFrom()
                .deferred(() -> {
                    if (!running.add(attempt.scope())) {
                        throw stillInProgress();
                    }
                    return request.onTermination().invoke(() -> running.remove(attempt.scope()));
                });
    }

    /// The refusal of a request while another one with the same key is running.
    public static ProblemException stillInProgress() {
        return CONCURRENT_IDEMPOTENT_REQUESTS.because(
                "A request with this Idempotency-Key is still in progress. Retry in a moment to get"
                        + " its answer.");
    }

    /// The records of those attempts whose keys were used before.
    public Uni<Map<Attempt, Earlier>> find(SqlClient database, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Tuple parameters =
                Tuple.of(
                        attempts.stream().map(Attempt::accountId).toArray(UUID[]::new),
                        attempts.stream()
                                .map(attempt -> attempt.environment().value())
                                .toArray(String[]::new),
                        attempts.stream()
                                .map(attempt -> attempt.key().value())
                                .toArray(String[]::new));
        return database.preparedQuery(FIND)
                .execute(parameters)
                .map(rows -> byAttempt(attempts, rows));
    }

    private static Map<Attempt, Earlier> byAttempt(List<Attempt> attempts, Iterable<Row> rows) {
        Map<Attempt, Earlier> found = new HashMap<>();
        for (Row row : rows) {
            attempts.stream()
                    .filter(attempt -> isOf(row, attempt))
                    .forEach(attempt ->
                            found.put(
                                    attempt,
                                    new Earlier(
                                            row.getUUID("email_id"),
                                            row.getBuffer("request_hash").getDelegate())));
        }
        return found;
    }

    private static boolean isOf(Row row, Attempt attempt) {
        return row.getString("key").equals(attempt.key().value())
                && row.getUUID("account_id").equals(attempt.accountId())
                && row.getString("environment").equals(attempt.environment().value());
    }
}
