package dev.sendex.common.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;

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

    /// Writes messages in the order of the arrays, which are their topics, keys and payloads.
    public static final String INSERT =
            """
            insert into outbox (topic, message_key, payload)
            select topic, message_key, payload
            from unnest(cast($1 as text[]), cast($2 as text[]), cast($3 as text[]))
                with ordinality as message (topic, message_key, payload, place)
            order by place
            """;

    /// Writes the message in this transaction.
    public Uni<Void> addTo(SqlConnection transaction) {
        return addAll(transaction, List.of(this));
    }

    /// Writes the messages in this transaction, with one statement.
    public static Uni<Void> addAll(SqlConnection transaction, List<OutboxMessage> messages) {
        return transaction
                .preparedQuery(INSERT)
                .execute(
                        Tuple.tuple()
                                .addArrayOfString(column(messages, OutboxMessage::topic))
                                .addArrayOfString(column(messages, OutboxMessage::key))
                                .addArrayOfString(column(messages, OutboxMessage::payload)))
                .replaceWithVoid();
    }

    /// One of the arrays of [#INSERT].
    public static String[] column(
            List<OutboxMessage> messages, Function<OutboxMessage, String> member) {
        return messages.stream().map(member).toArray(String[]::new);
    }
}
