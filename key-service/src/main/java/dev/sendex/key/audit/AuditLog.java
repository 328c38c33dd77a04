package dev.sendex.key.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sendex.common.network.CurrentClient;
import dev.sendex.common.runtime.Ids;
import io.netty.util.NetUtil;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/// Writes audit events.
@ApplicationScoped
public class AuditLog {

    /// Locks the end of the account's chain until the transaction ends, so that no two events have
    /// one predecessor.
    private static final String LOCK =
            """
            insert into audit_head (account_id, sequence, hash) values (?1, 0, decode(?2, 'hex'))
            on conflict on constraint audit_head_pk do update set sequence = audit_head.sequence
            returning sequence, encode(hash, 'hex')
            """;

    private static final String ADD =
            """
            with event as (
                insert into audit_event (
                    account_id, sequence, id, occurred_at, action, actor_type, actor_id, ip,
                    target_type, target_id, before, after, previous_hash, hash)
                values (?1, ?2, ?3, ?4, ?5, ?6, cast(?7 as uuid), cast(?8 as text),
                    ?9, ?10, cast(?11 as text), cast(?12 as text), decode(?13, 'hex'), decode(?14, 'hex'))
                returning account_id, sequence, hash
            )
            update audit_head set sequence = event.sequence, hash = event.hash
            from event where audit_head.account_id = event.account_id
            """;

    private final CurrentClient client;
    private final ObjectMapper json;
    private final ObjectWriter canonical;
    private final Ids ids;
    private final Clock clock;

    AuditLog(CurrentClient client, ObjectMapper json, Ids ids, Clock clock) {
        this.client = client;
        this.json = json;
        this.canonical = json.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        this.ids = ids;
        this.clock = clock;
    }

    /// Records inside the caller's Hibernate transaction what is done in it, with the address that
    /// the present request comes from.
    ///
    /// @param action `<thing>.<past participle>`, for example `api_key.revoked`
    /// @param before what was changed, as it was; a record without secrets, or null
    /// @param after what it became, likewise
    public Uni<Void> record(
            UUID accountId,
            Actor actor,
            String action,
            Target target,
            @Nullable Object before,
            @Nullable Object after) {
        @Nullable String ip = ip();
        @Nullable String was = canonical(before);
        @Nullable String became = canonical(after);
        return Panache.getSession()
                .chain(session ->
                        lock(session, accountId)
                                .map(head ->
                                        new AuditEvent(
                                                accountId,
                                                (Long) head[0] + 1,
                                                ids.next(),
                                                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                                action,
                                                actor,
                                                ip,
                                                target,
                                                was,
                                                became,
                                                (String) head[1]))
                                .chain(event -> add(session, event)));
    }

    private static Uni<Object[]> lock(Mutiny.Session session, UUID accountId) {
        return session.createNativeQuery(LOCK, Object[].class)
                .setParameter(1, accountId)
                .setParameter(2, AuditEvent.NO_HASH)
                .getSingleResult();
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
                .setParameter(8, event.ip())
                .setParameter(9, event.target().type())
                .setParameter(10, event.target().id())
                .setParameter(11, event.before())
                .setParameter(12, event.after())
                .setParameter(13, event.previousHash())
                .setParameter(14, event.hash())
                .executeUpdate()
                .replaceWithVoid();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private @Nullable String ip() {
        InetAddress address = client.address();
        return address == null ? null : NetUtil.toAddressString(address);
    }

    /// JSON with the members of every object in the order of their names.
    private @Nullable String canonical(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return canonical.writeValueAsString(json.convertValue(value, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
