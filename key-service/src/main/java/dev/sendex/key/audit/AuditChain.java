package dev.sendex.key.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Verifies an account's chain, from its first event to where it ended when the verification began.
@ApplicationScoped
class AuditChain {

    private static final String HEAD =
            "select sequence, encode(hash, 'hex') as hash from audit_head where account_id = $1";

    private final Pool pool;
    private final AuditReader events;

    AuditChain(Pool pool, AuditReader events) {
        this.pool = pool;
        this.events = events;
    }

    /// An event of the chain.
    private record Link(long sequence, String hash) {}

    Uni<AuditVerification> verify(UUID accountId) {
        return pool.preparedQuery(HEAD)
                .execute(Tuple.of(accountId))
                .map(rows -> rows.size() == 0 ? first() : link(rows.iterator().next()))
                .chain(head -> walk(accountId, first(), head));
    }

    private static Link first() {
        return new Link(0, AuditEvent.NO_HASH);
    }

    private static Link link(Row row) {
        return new Link(row.getLong("sequence"), row.getString("hash"));
    }

    private Uni<AuditVerification> walk(UUID accountId, Link reached, Link head) {
        if (reached.sequence() >= head.sequence()) {
            return Uni.createFrom().item(atTheEnd(reached, head));
        }
        return events.after(accountId, AuditFilter.NONE, reached.sequence())
                .chain(batch -> walk(accountId, reached, head, batch));
    }

    private Uni<AuditVerification> walk(
            UUID accountId, Link reached, Link head, List<StoredEvent> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom()
                    .item(broken(reached, reached.sequence() + 1, null, "it is missing"));
        }
        Link last = reached;
        for (StoredEvent stored : batch) {
            if (last.sequence() == head.sequence()) {
                break;
            }
            String flaw = stored.flawAfter(last.sequence(), last.hash());
            if (flaw != null) {
                AuditEvent event = stored.event();
                return Uni.createFrom().item(broken(last, event.sequence(), event.id(), flaw));
            }
            last = new Link(stored.event().sequence(), stored.hash());
        }
        return walk(accountId, last, head);
    }

    private static AuditVerification atTheEnd(Link reached, Link head) {
        return reached.hash().equals(head.hash())
                ? answer(reached, null)
                : broken(
                        reached, head.sequence(), null, "it is not the event that ended the chain");
    }

    private static AuditVerification broken(
            Link reached, long sequence, @Nullable UUID id, String reason) {
        return answer(reached, new AuditVerification.Broken(sequence, id, reason));
    }

    private static AuditVerification answer(
            Link reached, AuditVerification.@Nullable Broken broken) {
        return new AuditVerification(
                "audit_verification", broken == null, reached.sequence(), reached.hash(), broken);
    }
}
