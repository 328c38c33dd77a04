package dev.sendex.key.outbox;

import static dev.sendex.common.outbox.OutboxMessage.column;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.event.DomainEvent;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.outbox.OutboxMessage;
import dev.sendex.common.outbox.OutboxRelay;
import dev.sendex.common.runtime.Ids;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/// Writes records for other services inside the caller's Hibernate transaction. They are published
/// after the commit, in the order of writing; [#wake()] publishes them immediately.
@ApplicationScoped
public class Outbox {

    /// With the numbered parameters of Hibernate's native queries.
    private static final String INSERT = OutboxMessage.INSERT.replace('$', '?');

    private final OutboxRelay relay;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    Outbox(OutboxRelay relay, ObjectMapper json, Ids ids, Clock clock) {
        this.relay = relay;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /// Adds a record.
    ///
    /// @param topic one of [Topics]
    /// @param key records with the same key stay in order
    /// @param value serialised as JSON
    public Uni<Void> add(String topic, String key, Object value) {
        return add(List.of(new OutboxMessage(topic, key, write(value))));
    }

    /// Adds a record of each value, with one statement.
    ///
    /// @param key of a value's record
    public <T> Uni<Void> addAll(String topic, List<T> values, Function<T, String> key) {
        return add(
                values.stream()
                        .map(value -> new OutboxMessage(topic, key.apply(value), write(value)))
                        .toList());
    }

    private static Uni<Void> add(List<OutboxMessage> messages) {
        return Panache.getSession().chain(session -> insert(session, messages));
    }

    private static Uni<Void> insert(Mutiny.Session session, List<OutboxMessage> messages) {
        return session.createNativeQuery(INSERT)
                .setParameter(1, column(messages, OutboxMessage::topic))
                .setParameter(2, column(messages, OutboxMessage::key))
                .setParameter(3, column(messages, OutboxMessage::payload))
                .executeUpdate()
                .replaceWithVoid();
    }

    /// Adds an event for the account's webhooks.
    ///
    /// @param type for example `api_key.revoked`
    /// @param data the `data` of the webhook
    public Uni<Void> addEvent(UUID accountId, String type, Object data) {
        return add(Topics.EVENTS, accountId.toString(), event(accountId, type, data));
    }

    /// Like [#addEvent(UUID, String, Object)], inside a transaction without Hibernate.
    public Uni<Void> addEvent(SqlConnection transaction, UUID accountId, String type, Object data) {
        String payload = write(event(accountId, type, data));
        return new OutboxMessage(Topics.EVENTS, accountId.toString(), payload).addTo(transaction);
    }

    private DomainEvent event(UUID accountId, String type, Object data) {
        return new DomainEvent(
                ids.next(), type, accountId, clock.instant(), json.valueToTree(data));
    }

    /// Publishes stored records. Call it after the commit. Returns immediately.
    public void wake() {
        relay.wake();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
