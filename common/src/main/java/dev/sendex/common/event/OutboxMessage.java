package dev.sendex.common.event;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.hibernate.reactive.mutiny.Mutiny;

/// A record to be published once the transaction that wrote it has committed. Every service that
/// has such records brings the table in its own migrations:
///
/// ```sql
/// create table outbox (
///     position bigint generated always as identity constraint outbox_pk primary key,
///     topic text not null,
///     message_key text not null,
///     payload text not null,
///     created_at timestamptz not null default now()
/// );
/// ```
///
/// @param topic one of [Topics]
/// @param key records of one key are published in the order they were written
/// @param payload the record's value, JSON
public record OutboxMessage(String topic, String key, String payload) {

    private static final String INSERT = insert('$');

    /// The same in the style of Hibernate's native queries.
    private static final String INSERT_ORDINAL = insert('?');

    private static String insert(char parameter) {
        return "insert into outbox (topic, message_key, payload) values (%1$s1, %1$s2, %1$s3)"
                .formatted(parameter);
    }

    /// Writes the message inside this transaction.
    public Uni<Void> addTo(SqlConnection transaction) {
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(topic, key, payload))
                .replaceWithVoid();
    }

    /// Writes the message inside the transaction of this Hibernate session.
    public Uni<Void> addTo(Mutiny.Session session) {
        return session.createNativeQuery(INSERT_ORDINAL)
                .setParameter(1, topic)
                .setParameter(2, key)
                .setParameter(3, payload)
                .executeUpdate()
                .replaceWithVoid();
    }
}
