package dev.sendex.common.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/// A record that is published after the commit of the transaction that wrote it. Every service with
/// an outbox creates the table in its migrations:
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
/// @param topic one of [dev.sendex.common.kafka.Topics]
/// @param key records with the same key are published in the order of writing
/// @param payload the record's value, as JSON
public record OutboxMessage(String topic, String key, String payload) {

    private static final String INSERT =
            "insert into outbox (topic, message_key, payload) values ($1, $2, $3)";

    /// Writes the message in this transaction.
    public Uni<Void> addTo(SqlConnection transaction) {
        return transaction
                .preparedQuery(INSERT)
                .execute(Tuple.of(topic, key, payload))
                .replaceWithVoid();
    }
}
