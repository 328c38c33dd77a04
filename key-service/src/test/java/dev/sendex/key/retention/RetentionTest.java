package dev.sendex.key.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.key.RunningService;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class RetentionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject Pool pool;
    @Inject @All List<ExpiredRows> expiredRows;

    private final UUID account = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();

    @BeforeEach
    void anAccount() {
        execute("insert into account values ($1, 'Kept', now())", Tuple.of(account));
        aMember(owner);
    }

    @Test
    void ended_and_expired_sessions_are_deleted_after_their_retention() {
        UUID open = aSession("1 day", null);
        UUID ended = aSession("1 day", "-6 days");
        UUID expired = aSession("-6 days", null);
        aSession("1 day", "-8 days");
        aSession("-8 days", null);

        awaitOnly("select id from session where account_id = $1", open, ended, expired);
    }

    @Test
    void expired_invitations_are_deleted_after_their_retention() {
        UUID open = anInvitation("1 day");
        UUID expired = anInvitation("-6 days");
        anInvitation("-8 days");

        awaitOnly("select id from invitation where account_id = $1", open, expired);
    }

    @Test
    void expired_password_resets_are_deleted_after_their_retention() {
        UUID valid = aReset("1 hour");
        UUID expired = aReset("-23 hours");
        aReset("-25 hours");

        awaitOnly("select member_id from password_reset where account_id = $1", valid, expired);
    }

    @Test
    void attempt_counts_are_deleted_when_their_window_ends() {
        Buffer over = anAttempt("-1 second");
        Buffer running = anAttempt("1 hour");

        await().atMost(TIMEOUT).until(() -> attempts(over) == 0);
        assertThat(attempts(running)).isOne();
    }

    @Test
    void expired_rows_are_found_with_an_index() {
        assertThat(expiredRows).hasSize(8);
        for (ExpiredRows rows : expiredRows) {
            assertThat(queryPlan(rows)).contains("Index").doesNotContain("Seq Scan");
        }
    }

    private UUID aMember(UUID id) {
        execute(
                "insert into member values ($1::uuid, $2, $1::uuid::text, '', 'owner', now())",
                Tuple.of(id, account));
        return id;
    }

    private UUID aSession(String expires, @Nullable String ended) {
        UUID id = UUID.randomUUID();
        execute(
                """
                insert into session (id, account_id, member_id, family_hash, refresh_hash,
                    created_at, last_used_at, expires_at, ended_at)
                values ($1, $2, $3, $4, $4, now(), now(),
                    now() + $5::text::interval, now() + $6::text::interval)
                """,
                Tuple.of(id, account, owner, hash(id), expires, ended));
        return id;
    }

    private UUID anInvitation(String expires) {
        UUID id = UUID.randomUUID();
        execute(
                """
                insert into invitation values ($1::uuid, $2, $1::uuid::text, 'viewer', $3, $4, now(),
                    now() + $5::text::interval)
                """,
                Tuple.of(id, account, hash(id), owner, expires));
        return id;
    }

    private UUID aReset(String expires) {
        UUID member = aMember(UUID.randomUUID());
        execute(
                "insert into password_reset values ($1, $2, $3, now() + $4::text::interval)",
                Tuple.of(member, account, hash(member), expires));
        return member;
    }

    private Buffer anAttempt(String ends) {
        Buffer subject = hash(UUID.randomUUID());
        execute(
                "insert into attempt values ($1, now() + $2::text::interval, 1)",
                Tuple.of(subject, ends));
        return subject;
    }

    private long attempts(Buffer subject) {
        return execute("select count(*) from attempt where subject = $1", Tuple.of(subject))
                .iterator()
                .next()
                .getLong(0);
    }

    private static Buffer hash(UUID id) {
        return Buffer.buffer(id.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void awaitOnly(String query, UUID... ids) {
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(column(execute(query, Tuple.of(account)), Row::getUUID))
                                .containsExactlyInAnyOrder(ids));
    }

    private String queryPlan(ExpiredRows rows) {
        String explain =
                "explain select ctid from %s where %s < now()"
                        .formatted(rows.table(), rows.expiredAt());
        return String.join(
                "\n",
                column(
                        pool.withTransaction(connection ->
                                        connection
                                                .query("set local enable_seqscan = off")
                                                .execute()
                                                .chain(() -> connection.query(explain).execute()))
                                .await()
                                .atMost(TIMEOUT),
                        Row::getString));
    }

    private RowSet<Row> execute(String statement, Tuple parameters) {
        return pool.preparedQuery(statement).execute(parameters).await().atMost(TIMEOUT);
    }

    private static <T> List<T> column(RowSet<Row> rows, Column<T> column) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> column.of(row, 0))
                .toList();
    }

    private interface Column<T> {
        T of(Row row, int position);
    }
}
