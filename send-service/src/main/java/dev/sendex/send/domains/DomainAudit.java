package dev.sendex.send.domains;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.audit.AuditRecords;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.outbox.OutboxRelay;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Writes audit records of changes to domains, in the same transaction.
@ApplicationScoped
class DomainAudit {

    private final AuditRecords records;
    private final OutboxRelay outbox;
    private final CurrentCaller caller;

    DomainAudit(AuditRecords records, OutboxRelay outbox, CurrentCaller caller) {
        this.records = records;
        this.outbox = outbox;
        this.caller = caller;
    }

    /// A domain as the audit log shows it. Its DNS records are public.
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record DomainSnapshot(
            String name,
            String status,
            String challengeStatus,
            String dkimStatus,
            String mailFromStatus,
            @Nullable Instant verifiedAt) {

        static DomainSnapshot of(Domain domain) {
            return new DomainSnapshot(
                    domain.name(),
                    domain.status(),
                    domain.challengeStatus(),
                    domain.dkimStatus(),
                    domain.mailFromStatus(),
                    domain.verifiedAt());
        }
    }

    Uni<Void> created(SqlConnection transaction, Domain domain) {
        return add(transaction, domain, "domain.created", null, DomainSnapshot.of(domain));
    }

    /// A caller requested verification; `after` has the result.
    Uni<Void> checked(SqlConnection transaction, Domain before, Domain after) {
        return add(
                transaction,
                after,
                "domain.verification_requested",
                DomainSnapshot.of(before),
                DomainSnapshot.of(after));
    }

    Uni<Void> removed(SqlConnection transaction, Domain domain) {
        return add(transaction, domain, "domain.removed", DomainSnapshot.of(domain), null);
    }

    private Uni<Void> add(
            SqlConnection transaction,
            Domain domain,
            String action,
            @Nullable DomainSnapshot before,
            @Nullable DomainSnapshot after) {
        return records.add(
                transaction,
                records.of(
                        domain.accountId(),
                        Actor.of(caller.get()),
                        action,
                        new Target("domain", domain.id()),
                        before,
                        after));
    }

    /// To be called after the commit, to publish the records at once.
    void wake() {
        outbox.wake();
    }
}
