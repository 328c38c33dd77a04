package dev.sendex.send.emails.idempotency;

import static dev.sendex.common.problem.Problem.CONCURRENT_IDEMPOTENT_REQUESTS;
import static dev.sendex.common.problem.Problem.INVALID_IDEMPOTENT_REQUEST;

import dev.sendex.common.token.Environment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Records which request created which email. The primary key decides which of two concurrent
/// requests wins; the advisory lock only lets the other one fail at once rather than wait.
///
/// Each environment has its own records, so that a test email never answers a live request.
@ApplicationScoped
public class IdempotencyRecords {

    private static final String LOCK =
            """
            select pg_try_advisory_xact_lock(
                hashtextextended($1::text || ' ' || $2 || ' ' || $3, 0))
            """;

    /// Replaces an expired record.
    private static final String CLAIM =
            """
            insert into idempotency_key as known
                (account_id, environment, key, request_hash, email_id, expires_at)
            values ($1, $2, $3, $4, $5, now() + interval '24 hours')
            on conflict on constraint idempotency_key_pk do update
            set request_hash = excluded.request_hash,
                email_id = excluded.email_id,
                expires_at = excluded.expires_at
            where known.expires_at <= now()
            returning email_id
            """;

    private static final String FIND =
            """
            select request_hash = $4 as same, email_id from idempotency_key
            where account_id = $1 and environment = $2 and key = $3
            """;

    /// A request with an idempotency key.
    public record Attempt(
            UUID accountId,
            Environment environment,
            IdempotencyKey key,
            Buffer fingerprint,
            UUID emailId) {}

    /// Claims the key for this attempt's email inside the caller's transaction.
    ///
    /// @return null if the key is now claimed, or the id of the email that an earlier identical
    ///   request created
    /// @throws dev.sendex.common.problem.ProblemException `concurrent_idempotent_requests` while
    ///   the first request is running, `invalid_idempotent_request` after one with another payload
    public Uni<@Nullable UUID> claim(SqlConnection transaction, Attempt attempt) {
        return lock(transaction, attempt)
                .chain(() -> insert(transaction, attempt))
                .chain(claimed -> claimed ? none() : earlier(transaction, attempt));
    }

    private static Uni<Void> lock(SqlConnection transaction, Attempt attempt) {
        return transaction
                .preparedQuery(LOCK)
                .execute(
                        Tuple.of(
                                attempt.accountId().toString(),
                                attempt.environment().value(),
                                attempt.key().value()))
                .invoke(IdempotencyRecords::refuseWhileLocked)
                .replaceWithVoid();
    }

    private static void refuseWhileLocked(RowSet<Row> answer) {
        if (!answer.iterator().next().getBoolean(0)) {
            throw CONCURRENT_IDEMPOTENT_REQUESTS.because(
                    "A request with this Idempotency-Key is still in progress. Retry in a moment to"
                            + " get its answer.");
        }
    }

    private static Uni<Boolean> insert(SqlConnection transaction, Attempt attempt) {
        return transaction
                .preparedQuery(CLAIM)
                .execute(
                        Tuple.of(
                                attempt.accountId(),
                                attempt.environment().value(),
                                attempt.key().value(),
                                attempt.fingerprint(),
                                attempt.emailId()))
                .map(answer -> answer.size() == 1);
    }

    private static Uni<@Nullable UUID> none() {
        return Uni.createFrom().nullItem();
    }

    private static Uni<@Nullable UUID> earlier(SqlConnection transaction, Attempt attempt) {
        return transaction
                .preparedQuery(FIND)
                .execute(
                        Tuple.of(
                                attempt.accountId(),
                                attempt.environment().value(),
                                attempt.key().value(),
                                attempt.fingerprint()))
                .map(answer -> sameRequest(answer.iterator().next()));
    }

    private static UUID sameRequest(Row known) {
        if (!known.getBoolean("same")) {
            throw INVALID_IDEMPOTENT_REQUEST.because(
                    "This Idempotency-Key was used for a request with another payload. Use a new key.");
        }
        return known.getUUID("email_id");
    }
}
