package dev.sendex.key.audit;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Reads audit events in batches.
@ApplicationScoped
class AuditReader {

    private static final int BATCH_SIZE = 500;

    private static final String NEWEST = "order by sequence desc limit";
    private static final String CURSOR_SEQUENCE =
            "(select sequence from audit_event where account_id = $1 and id = %s)";
    private static final String OLDER =
            "and sequence < " + CURSOR_SEQUENCE + " order by sequence desc limit";
    private static final String NEWER =
            "and sequence > " + CURSOR_SEQUENCE + " order by sequence limit";
    private static final String AFTER = "and sequence > %s order by sequence limit";
    private static final String ONE =
            "select %s from audit_event where account_id = $1 and id = $2"
                    .formatted(StoredEvent.COLUMNS);

    private final Pool pool;
    private final AuditReadLimit readLimit;

    AuditReader(Pool pool, AuditReadLimit readLimit) {
        this.pool = pool;
        this.readLimit = readLimit;
    }

    Uni<ListOf<AuditView>> list(UUID accountId, AuditFilter filter, Page page) {
        return events(query(accountId, filter, page).limit(page.fetch()))
                .map(events -> page.slice(events, AuditView::of));
    }

    private static AuditQuery query(UUID accountId, AuditFilter filter, Page page) {
        AuditQuery query = AuditQuery.of(accountId, filter);
        if (page.after() != null) {
            return query.and(OLDER, page.after());
        }
        return page.before() != null ? query.and(NEWER, page.before()) : query.and(NEWEST);
    }

    Uni<AuditView> require(UUID accountId, UUID id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(accountId, id))
                .map(AuditReader::events)
                .map(AuditReader::requireOne);
    }

    private static AuditView requireOne(List<StoredEvent> found) {
        if (found.isEmpty()) {
            throw NOT_FOUND.because("No audit event has this id.");
        }
        return AuditView.of(found.getFirst());
    }

    /// All matching events, oldest first, read as fast as they are consumed.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `rate_limit_exceeded`, in the stream, if
    ///   too many reads of the account are running
    Multi<StoredEvent> stream(UUID accountId, AuditFilter filter) {
        return readLimit.read(accountId, () -> read(accountId, filter));
    }

    private Multi<StoredEvent> read(UUID accountId, AuditFilter filter) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, lastSequence -> next(accountId, filter, lastSequence))
                .whilst(batch -> batch.size() == BATCH_SIZE)
                .onItem()
                .disjoint();
    }

    private Uni<List<StoredEvent>> next(
            UUID accountId, AuditFilter filter, AtomicLong lastSequence) {
        return after(accountId, filter, lastSequence.get())
                .invoke(batch -> {
                    if (!batch.isEmpty()) {
                        lastSequence.set(batch.getLast().event().sequence());
                    }
                });
    }

    private Uni<List<StoredEvent>> after(UUID accountId, AuditFilter filter, long sequence) {
        return events(AuditQuery.of(accountId, filter).and(AFTER, sequence).limit(BATCH_SIZE));
    }

    private Uni<List<StoredEvent>> events(AuditQuery query) {
        return pool.preparedQuery(query.text())
                .execute(query.parameters())
                .map(AuditReader::events);
    }

    private static List<StoredEvent> events(RowSet<Row> rows) {
        List<StoredEvent> events = new ArrayList<>(rows.size());
        rows.forEach(row -> events.add(StoredEvent.of(row)));
        return events;
    }
}
