package dev.sendex.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// Reads send-service's emails from its database, all of which belong to one account.
final class EmailTable implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private static final String NEWEST =
            "select account_id, id from email order by created_at desc, id desc limit 1";
    private static final String COUNT_WITH_STATUS =
            """
            select count(*) from email
            where account_id = $1 and id > $2 and status = any($3::text[])
            """;
    private static final String WITH_STATUS =
            """
            select id, ses_message_id from email
            where account_id = $1 and status = $2 and ses_message_id is not null
            order by id limit $3
            """;
    private static final String COUNT_EVENTS =
            """
            select count(*) from email_event where account_id = $1 and email_id = any($2::uuid[])
            """;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final PgConnection connection;

    EmailTable(PgConnectOptions database) {
        connection =
                IsolationDatabase.await(
                        PgConnection.connect(
                                vertx,
                                new PgConnectOptions(database).setCachePreparedStatements(true)));
    }

    /// An email's ids in Sendex and in SES.
    record SentEmail(UUID id, String messageId) {}

    /// An email after which others are counted.
    record Mark(UUID account, UUID email) {}

    /// The newest email.
    Mark mark() {
        Row row = read(NEWEST, Tuple.tuple()).iterator().next();
        return new Mark(row.getUUID(0), row.getUUID(1));
    }

    /// The number of newer emails that have one of these statuses.
    long countAfter(Mark mark, String... statuses) {
        Tuple parameters = Tuple.of(mark.account(), mark.email(), statuses);
        return read(COUNT_WITH_STATUS, parameters).iterator().next().getLong(0);
    }

    /// Waits until no newer email has one of these statuses.
    void awaitNoneAfter(Mark mark, String... statuses) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(TIMEOUT);
        long left = countAfter(mark, statuses);
        while (left > 0) {
            if (Instant.now().isAfter(end)) {
                throw new IOException(
                        "%d emails are still %s".formatted(left, String.join(" or ", statuses)));
            }
            Thread.sleep(POLL);
            left = countAfter(mark, statuses);
        }
    }

    /// The oldest emails that SES has accepted and that have this status.
    List<SentEmail> withStatus(UUID account, String status, int limit) {
        Tuple parameters = Tuple.of(account, status, limit);
        return StreamSupport.stream(read(WITH_STATUS, parameters).spliterator(), false)
                .map(row -> new SentEmail(row.getUUID(0), row.getString(1)))
                .toList();
    }

    /// The number of events in the timelines of these emails.
    long countEvents(UUID account, List<SentEmail> emails) {
        UUID[] ids = emails.stream().map(SentEmail::id).toArray(UUID[]::new);
        return read(COUNT_EVENTS, Tuple.tuple().addUUID(account).addArrayOfUUID(ids))
                .iterator()
                .next()
                .getLong(0);
    }

    private RowSet<Row> read(String query, Tuple parameters) {
        return IsolationDatabase.await(connection.preparedQuery(query).execute(parameters));
    }

    @Override
    public void close() {
        IsolationDatabase.await(connection.close());
        IsolationDatabase.await(vertx.close());
    }
}
