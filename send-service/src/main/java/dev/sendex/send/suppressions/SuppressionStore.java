package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.database.Rows;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads and removes suppressions; SES events create them.
@ApplicationScoped
class SuppressionStore {

    private static final String SELECT =
            "select id, address, reason, email_id, created_at from suppression ";

    private static final String LIST =
            SELECT + "where account_id = $1 and ($2::text is null or reason = $2)";

    private static final String ONE = "where account_id = $1 and (id = $2 or address = $3)";
    private static final String FIND = SELECT + ONE;
    private static final String REMOVE = "delete from suppression " + ONE + " returning id";

    private final Pool pool;

    SuppressionStore(Pool pool) {
        this.pool = pool;
    }

    /// Identifies a suppression by its id or by its address.
    ///
    /// @param mailbox the address in lower case, as stored
    record Ref(@Nullable UUID id, @Nullable String mailbox) {}

    Uni<ListOf<SuppressionView>> list(UUID accountId, @Nullable String origin, Page page) {
        return page.read(pool, LIST, Tuple.of(accountId, origin), SuppressionView::of);
    }

    Uni<SuppressionView> require(UUID accountId, Ref ref) {
        return one(FIND, accountId, ref).map(SuppressionView::of);
    }

    /// Removes a suppression and returns its id.
    Uni<UUID> remove(UUID accountId, Ref ref) {
        return one(REMOVE, accountId, ref).map(row -> row.getUUID("id"));
    }

    private Uni<Row> one(String statement, UUID accountId, Ref ref) {
        return pool.preparedQuery(statement)
                .execute(Tuple.of(accountId, ref.id(), ref.mailbox()))
                .map(rows -> Rows.require(rows, SuppressionStore::unknown));
    }

    static ProblemException unknown() {
        return NOT_FOUND.because("No suppression has this id or address.");
    }
}
