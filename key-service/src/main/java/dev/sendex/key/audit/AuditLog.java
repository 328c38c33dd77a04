package dev.sendex.key.audit;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.audit.AuditRecords;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// Writes the audit events of this service.
@ApplicationScoped
public class AuditLog {

    private static final String LOCK = withOrdinalParameters(ChainHead.LOCK);
    private static final String ADD = withOrdinalParameters(AuditEvent.ADD);

    private final AuditRecords records;
    private final CanonicalJson json;

    AuditLog(AuditRecords records, CanonicalJson json) {
        this.records = records;
        this.json = json;
    }

    /// Converts the parameters to those of Hibernate's native queries.
    private static String withOrdinalParameters(String statement) {
        return statement.replace('$', '?');
    }

    /// Records a change inside the caller's Hibernate transaction, with the address of the current
    /// request's client.
    ///
    /// @param action `<thing>.<past participle>`, for example `api_key.revoked`
    /// @param before the state before the change, without secrets, or null
    /// @param after the state after the change, without secrets, or null
    public Uni<Void> record(
            UUID accountId,
            Actor actor,
            String action,
            Target target,
            @Nullable Object before,
            @Nullable Object after) {
        AuditRecord record = records.of(accountId, actor, action, target, before, after);
        return Panache.getSession()
                .chain(session ->
                        lock(session, accountId)
                                .map(head -> AuditEvent.of(record, json, head))
                                .chain(event -> add(session, event)));
    }

    private static Uni<ChainHead> lock(Mutiny.Session session, UUID accountId) {
        return session.createNativeQuery(LOCK, Object[].class)
                .setParameter(1, accountId)
                .setParameter(2, AuditEvent.NO_HASH)
                .getSingleResult()
                .map(head -> new ChainHead((Long) head[0], (String) head[1]));
    }

    private static Uni<Void> add(Mutiny.Session session, AuditEvent event) {
        return session.createNativeQuery(ADD)
                .setParameter(1, event.accountId())
                .setParameter(2, event.sequence())
                .setParameter(3, event.id())
                .setParameter(4, event.occurredAt())
                .setParameter(5, event.action())
                .setParameter(6, event.actor().type())
                .setParameter(7, text(event.actor().id()))
                .setParameter(8, text(event.actor().sessionId()))
                .setParameter(9, event.ip())
                .setParameter(10, event.target().type())
                .setParameter(11, event.target().id())
                .setParameter(12, event.before())
                .setParameter(13, event.after())
                .setParameter(14, event.previousHash())
                .setParameter(15, event.hash())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }
}
