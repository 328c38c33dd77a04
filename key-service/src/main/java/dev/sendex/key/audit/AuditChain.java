package dev.sendex.key.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
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

    Uni<AuditVerification> verify(UUID accountId) {
        return pool.preparedQuery(HEAD)
                .execute(Tuple.of(accountId))
                .map(rows -> rows.size() == 0 ? ChainEnd.NONE : end(rows.iterator().next()))
                .chain(head -> walk(accountId, head));
    }

    private static ChainEnd end(Row row) {
        return new ChainEnd(row.getLong("sequence"), row.getString("hash"));
    }

    private Uni<AuditVerification> walk(UUID accountId, ChainEnd head) {
        Walk walk = new Walk(head);
        return events.stream(accountId, AuditFilter.NONE)
                .select()
                .first(walk::goesOn)
                .onItem()
                .ignoreAsUni()
                .map(_ -> walk.verdict());
    }

    /// The way along a chain, an event after the other.
    private static final class Walk {

        private final ChainEnd head;
        private ChainEnd reached = ChainEnd.NONE;
        private AuditVerification.@Nullable Broken broken;

        Walk(ChainEnd head) {
            this.head = head;
        }

        boolean goesOn(StoredEvent stored) {
            if (reached.sequence() == head.sequence()) {
                return false;
            }
            AuditEvent event = stored.event();
            String flaw = stored.flawAfter(reached.sequence(), reached.hash());
            if (flaw != null) {
                broken = new AuditVerification.Broken(event.sequence(), event.id(), flaw);
                return false;
            }
            reached = new ChainEnd(event.sequence(), stored.hash());
            return true;
        }

        AuditVerification verdict() {
            AuditVerification.Broken place = broken == null ? missingEnd() : broken;
            return new AuditVerification(
                    "audit_verification", place == null, reached.sequence(), reached.hash(), place);
        }

        private AuditVerification.@Nullable Broken missingEnd() {
            if (reached.sequence() < head.sequence()) {
                return new AuditVerification.Broken(reached.sequence() + 1, null, "it is missing");
            }
            return reached.hash().equals(head.hash())
                    ? null
                    : new AuditVerification.Broken(
                            head.sequence(), null, "it is not the event that ended the chain");
        }
    }
}
