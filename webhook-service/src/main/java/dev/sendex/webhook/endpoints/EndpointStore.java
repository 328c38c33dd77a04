package dev.sendex.webhook.endpoints;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.database.Rows;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/// Stores endpoints, and an audit record of each change in the same transaction.
@ApplicationScoped
class EndpointStore {

    private static final String COLUMNS =
            """
            id, account_id, url, event_types, status, encrypted_secret, created_at, failing_since
            """;

    private static final String COUNT =
            "select count(*) from webhook_endpoint where account_id = $1";

    private static final String ADD =
            "insert into webhook_endpoint ("
                    + COLUMNS
                    + ") values ($1, $2, $3, $4, $5, $6, $7, $8)";

    private static final String LIST =
            "select " + COLUMNS + "from webhook_endpoint where account_id = $1";

    private static final String FIND = LIST + " and id = $2";

    private static final String LOCK = FIND + " for no key update";

    /// Clears failures and pause if `failing_since` is null.
    private static final String UPDATE =
            """
            update webhook_endpoint
            set url = $3, event_types = $4, status = $5, failing_since = $6,
                failures = case when $6::timestamptz is null then 0 else failures end,
                paused_until = case when $6::timestamptz is null then null else paused_until end
            where account_id = $1 and id = $2
            """;

    private static final String REMOVE =
            "delete from webhook_endpoint where account_id = $1 and id = $2 returning " + COLUMNS;

    private final Pool pool;
    private final EndpointAudit audit;

    EndpointStore(Pool pool, EndpointAudit audit) {
        this.pool = pool;
        this.audit = audit;
    }

    Uni<ListOf<EndpointView>> list(
            UUID accountId, Page page, Function<Endpoint, EndpointView> view) {
        return page.read(pool, LIST, Tuple.of(accountId), row -> view.apply(Endpoint.of(row)));
    }

    Uni<Endpoint> require(UUID accountId, UUID id) {
        return one(pool, FIND, accountId, id);
    }

    /// Like [#require], but records in the audit log that the secret was read.
    Uni<Endpoint> requireWithSecret(UUID accountId, UUID id) {
        return pool.withTransaction(transaction ->
                        one(transaction, FIND, accountId, id)
                                .call(endpoint -> audit.secretRead(transaction, endpoint)))
                .invoke(audit::wake);
    }

    /// Adds the endpoint.
    Uni<Endpoint> add(Endpoint endpoint, LongConsumer limit) {
        return pool.withTransaction(transaction ->
                        count(transaction, endpoint.accountId())
                                .invoke(limit::accept)
                                .chain(() -> insert(transaction, endpoint))
                                .chain(() -> audit.created(transaction, endpoint)))
                .invoke(audit::wake)
                .replaceWith(endpoint);
    }

    private static Uni<Long> count(SqlConnection transaction, UUID accountId) {
        return transaction
                .preparedQuery(COUNT)
                .execute(Tuple.of(accountId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Uni<Void> insert(SqlConnection transaction, Endpoint endpoint) {
        return transaction
                .preparedQuery(ADD)
                .execute(
                        Tuple.tuple()
                                .addUUID(endpoint.id())
                                .addUUID(endpoint.accountId())
                                .addString(endpoint.url())
                                .addArrayOfString(endpoint.eventTypes().toArray(String[]::new))
                                .addString(endpoint.status())
                                .addBuffer(endpoint.encryptedSecret())
                                .addOffsetDateTime(Rows.parameter(endpoint.createdAt()))
                                .addOffsetDateTime(Rows.parameter(endpoint.failingSince())))
                .replaceWithVoid();
    }

    /// Changes the endpoint. Locks it first, so that the update and its audit record are based on
    /// the current state.
    Uni<Endpoint> change(UUID accountId, UUID id, UnaryOperator<Endpoint> change) {
        return pool.withTransaction(transaction ->
                        one(transaction, LOCK, accountId, id)
                                .chain(before -> update(transaction, before, change.apply(before))))
                .invoke(audit::wake);
    }

    private Uni<Endpoint> update(SqlConnection transaction, Endpoint before, Endpoint after) {
        return transaction
                .preparedQuery(UPDATE)
                .execute(
                        Tuple.tuple()
                                .addUUID(after.accountId())
                                .addUUID(after.id())
                                .addString(after.url())
                                .addArrayOfString(after.eventTypes().toArray(String[]::new))
                                .addString(after.status())
                                .addOffsetDateTime(Rows.parameter(after.failingSince())))
                .chain(() -> audit.changed(transaction, before, after))
                .replaceWith(after);
    }

    /// Removes the endpoint and its deliveries.
    Uni<Endpoint> remove(UUID accountId, UUID id) {
        return pool.withTransaction(transaction ->
                        one(transaction, REMOVE, accountId, id)
                                .call(endpoint -> audit.removed(transaction, endpoint)))
                .invoke(audit::wake);
    }

    private static Uni<Endpoint> one(
            SqlClient database, String statement, UUID accountId, UUID id) {
        return database.preparedQuery(statement)
                .execute(Tuple.of(accountId, id))
                .map(rows -> Endpoint.of(Rows.require(rows, EndpointStore::unknown)));
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("No webhook has this id.");
    }
}
