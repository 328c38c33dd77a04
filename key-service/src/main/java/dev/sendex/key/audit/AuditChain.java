package dev.sendex.key.audit;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Verifies an account's chain, from the first event to the head at the start of the verification.
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
                .map(rows -> rows.size() == 0 ? ChainHead.NONE : head(rows.iterator().next()))
                .chain(head -> verify(accountId, head));
    }

    private static ChainHead head(Row row) {
        return new ChainHead(row.getLong("sequence"), row.getString("hash"));
    }

    private Uni<AuditVerification> verify(UUID accountId, ChainHead head) {
        Verification verification = new Verification(head);
        return events.stream(accountId, AuditFilter.NONE)
                .select()
                .first(verification::accepts)
                .onItem()
                .ignoreAsUni()
                .map(_ -> verification.result());
    }

    /// The progress of a verification.
    private static final class Verification {

        private final ChainHead head;
        private ChainHead verified = ChainHead.NONE;
        private AuditVerification.@Nullable Broken broken;

        Verification(ChainHead head) {
            this.head = head;
        }

        boolean accepts(StoredEvent stored) {
            if (verified.sequence() == head.sequence()) {
                return false;
            }
            AuditEvent event = stored.event();
            String error = stored.errorAfter(verified.sequence(), verified.hash());
            if (error != null) {
                broken = new AuditVerification.Broken(event.sequence(), event.id(), error);
                return false;
            }
            verified = new ChainHead(event.sequence(), stored.hash());
            return true;
        }

        AuditVerification result() {
            AuditVerification.Broken mismatch = broken == null ? headMismatch() : broken;
            return new AuditVerification(
                    "audit_verification",
                    mismatch == null,
                    verified.sequence(),
                    verified.hash(),
                    mismatch);
        }

        private AuditVerification.@Nullable Broken headMismatch() {
            if (verified.sequence() < head.sequence()) {
                return new AuditVerification.Broken(verified.sequence() + 1, null, "it is missing");
            }
            return verified.hash().equals(head.hash())
                    ? null
                    : new AuditVerification.Broken(
                            head.sequence(), null, "it is not the head of the chain");
        }
    }
}
