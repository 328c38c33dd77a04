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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Reads audit events, a bounded number at a time.
@ApplicationScoped
class AuditReader {

    private static final int BATCH = 500;

    private static final String FILTERED =
            """
            select %s from audit_event
            where account_id = $1
                and ($2::text is null or action = $2)
                and ($3::uuid is null or actor_id = $3)
                and ($4::uuid is null or target_id = $4)
                and ($5::text is null or target_type = $5)
                and ($6::text is null or ip::inet <<= $6::text::inet)
                and ($7::timestamptz is null or occurred_at >= $7)
                and ($8::timestamptz is null or occurred_at < $8)
            """
                    .formatted(StoredEvent.COLUMNS);
    private static final String PLACE =
            "(select sequence from audit_event where account_id = $1 and id = $9)";
    private static final String NEWEST =
            FILTERED + " and $9::uuid is null order by sequence desc limit $10";
    private static final String OLDER =
            FILTERED + " and sequence < " + PLACE + " order by sequence desc limit $10";
    private static final String NEWER =
            FILTERED + " and sequence > " + PLACE + " order by sequence limit $10";
    private static final String FROM = FILTERED + " and sequence > $9 order by sequence limit $10";
    private static final String ONE =
            "select %s from audit_event where account_id = $1 and id = $2"
                    .formatted(StoredEvent.COLUMNS);

    private final Pool pool;

    AuditReader(Pool pool) {
        this.pool = pool;
    }

    Uni<ListOf<AuditView>> list(UUID accountId, AuditFilter filter, Page page) {
        String query = page.after() != null ? OLDER : page.before() != null ? NEWER : NEWEST;
        UUID place = page.after() != null ? page.after() : page.before();
        return pool.preparedQuery(query)
                .execute(parameters(accountId, filter).addUUID(place).addInteger(page.fetch()))
                .map(AuditReader::events)
                .map(events -> page.slice(events, AuditView::of));
    }

    Uni<AuditView> require(UUID accountId, UUID id) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(accountId, id))
                .map(AuditReader::events)
                .map(AuditReader::requireOne);
    }

    private static AuditView requireOne(List<StoredEvent> found) {
        if (found.isEmpty()) {
            throw NOT_FOUND.because("There is no such audit event.");
        }
        return AuditView.of(found.getFirst());
    }

    /// All of them, oldest first, read as fast as they are taken.
    Multi<StoredEvent> stream(UUID accountId, AuditFilter filter) {
        return Multi.createBy()
                .repeating()
                .uni(AtomicLong::new, reached -> next(accountId, filter, reached))
                .whilst(batch -> batch.size() == BATCH)
                .onItem()
                .disjoint();
    }

    private Uni<List<StoredEvent>> next(UUID accountId, AuditFilter filter, AtomicLong reached) {
        return after(accountId, filter, reached.get())
                .invoke(batch -> {
                    if (!batch.isEmpty()) {
                        reached.set(batch.getLast().event().sequence());
                    }
                });
    }

    private Uni<List<StoredEvent>> after(UUID accountId, AuditFilter filter, long sequence) {
        return pool.preparedQuery(FROM)
                .execute(parameters(accountId, filter).addLong(sequence).addInteger(BATCH))
                .map(AuditReader::events);
    }

    private static Tuple parameters(UUID accountId, AuditFilter filter) {
        return Tuple.tuple()
                .addUUID(accountId)
                .addString(filter.action())
                .addUUID(filter.actor())
                .addUUID(filter.target())
                .addString(filter.targetType())
                .addString(filter.ip() == null ? null : filter.ip().toString())
                .addOffsetDateTime(time(filter.since()))
                .addOffsetDateTime(time(filter.until()));
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static List<StoredEvent> events(RowSet<Row> rows) {
        List<StoredEvent> events = new ArrayList<>(rows.size());
        rows.forEach(row -> events.add(StoredEvent.of(row)));
        return events;
    }
}
