package dev.sendex.key.audit;

import dev.sendex.common.audit.AuditRecord;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Appends the records of other services to the accounts' chains, in order of arrival.
@ApplicationScoped
class AuditAppender {

    private final Pool pool;
    private final CanonicalJson json;

    AuditAppender(Pool pool, CanonicalJson json) {
        this.pool = pool;
        this.json = json;
    }

    /// Adds all records in one transaction, except those that were added before. Accounts are
    /// processed in the order of their ids, which prevents deadlocks.
    ///
    /// @return how many were new
    Uni<Integer> add(List<AuditRecord> records) {
        List<AuditRecord> byAccount =
                records.stream().sorted(Comparator.comparing(AuditRecord::accountId)).toList();
        return pool.withTransaction(transaction ->
                Multi.createFrom()
                        .iterable(byAccount)
                        .onItem()
                        .transformToUniAndConcatenate(record -> add(transaction, record))
                        .collect()
                        .with(Collectors.summingInt(Integer::intValue)));
    }

    private Uni<Integer> add(SqlConnection transaction, AuditRecord record) {
        return lock(transaction, record.accountId())
                .map(head -> AuditEvent.of(record, json, head))
                .chain(event -> add(transaction, event));
    }

    private static Uni<ChainHead> lock(SqlConnection transaction, UUID accountId) {
        return transaction
                .preparedQuery(ChainHead.LOCK)
                .execute(Tuple.of(accountId, AuditEvent.NO_HASH))
                .map(rows -> head(rows.iterator().next()));
    }

    private static ChainHead head(Row row) {
        return new ChainHead(row.getLong("sequence"), row.getString("hash"));
    }

    private static Uni<Integer> add(SqlConnection transaction, AuditEvent event) {
        return transaction
                .preparedQuery(AuditEvent.ADD)
                .execute(
                        Tuple.tuple()
                                .addUUID(event.accountId())
                                .addLong(event.sequence())
                                .addUUID(event.id())
                                .addOffsetDateTime(event.occurredAt().atOffset(ZoneOffset.UTC))
                                .addString(event.action())
                                .addString(event.actor().type())
                                .addUUID(event.actor().id())
                                .addUUID(event.actor().sessionId())
                                .addString(event.ip())
                                .addString(event.target().type())
                                .addUUID(event.target().id())
                                .addString(event.before())
                                .addString(event.after())
                                .addString(event.previousHash())
                                .addString(event.hash()))
                .map(rows -> rows.rowCount());
    }
}
