package dev.sendex.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What the database can do: single-row inserts of an email, each in its own transaction, as
/// `pgbench` would do them. Everything about the email is one row of one table with a primary key.
///
/// Prepared statements over one connection per client, from one thread. The table is in a database
/// of its own, on the server that send-service uses.
final class InsertLoad implements AutoCloseable {

    private static final String DATABASE = "bench";
    private static final String TABLE =
            """
            create table email (
                account_id uuid not null,
                id uuid not null,
                environment text not null,
                key_id uuid,
                sender text not null,
                sender_name text,
                recipient text not null,
                reply_to text[] not null,
                subject text not null,
                headers jsonb not null,
                tags jsonb not null,
                status text not null,
                status_reason text,
                ses_message_id text,
                html text,
                text text,
                created_at timestamptz not null,
                constraint email_pk primary key (account_id, id)
            )
            """;
    private static final String INSERT =
            """
            insert into email (
                account_id, id, environment, key_id, sender, recipient, reply_to, subject, headers,
                tags, status, html, text, created_at)
            values ($1, $2, 'live', $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $11, $12)
            """;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final PgConnectOptions server;
    private final SampleEmail email;
    private final UUID account = UUID.randomUUID();
    private final List<PgConnection> connections = new ArrayList<>();
    private final List<PreparedQuery<RowSet<Row>>> inserts = new ArrayList<>();
    private final List<Double> times = new ArrayList<>();

    private InsertLoad(PgConnectOptions server, SampleEmail email) {
        this.server = server;
        this.email = email;
    }

    /// Creates the table and opens connections.
    static InsertLoad open(PgConnectOptions server, SampleEmail email, int connections) {
        InsertLoad load = new InsertLoad(server, email);
        load.createTable();
        for (int i = 0; i < connections; i++) {
            PgConnection connection = load.connect(DATABASE);
            load.connections.add(connection);
            load.inserts.add(await(connection.prepare(INSERT)).query());
        }
        return load;
    }

    private void createTable() {
        PgConnection owner = connect(server.getDatabase());
        await(owner.query("create database " + DATABASE).execute());
        await(owner.close());
        PgConnection bench = connect(DATABASE);
        await(bench.query(TABLE).execute());
        await(bench.close());
    }

    private PgConnection connect(String database) {
        return await(
                PgConnection.connect(vertx, new PgConnectOptions(server).setDatabase(database)));
    }

    /// Each client inserts its next row when the last one is committed.
    ClosedLoop.Load run(int clients, Duration duration) {
        times.clear();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        List<Future<Void>> all = new ArrayList<>();
        for (PreparedQuery<RowSet<Row>> insert : inserts.subList(0, clients)) {
            Promise<Void> done = Promise.promise();
            all.add(done.future());
            vertx.runOnContext(_ -> repeat(insert, end, done));
        }
        await(Future.all(all));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new ClosedLoop.Load(times.size() / seconds, Samples.of(times));
    }

    private void repeat(PreparedQuery<RowSet<Row>> insert, long end, Promise<Void> done) {
        long start = System.nanoTime();
        if (start >= end) {
            done.complete();
            return;
        }
        insert.execute(row())
                .onSuccess(_ -> {
                    times.add((System.nanoTime() - start) / 1e6);
                    repeat(insert, end, done);
                })
                .onFailure(done::tryFail);
    }

    private Tuple row() {
        return Tuple.tuple()
                .addUUID(account)
                .addUUID(TimeOrderedId.next())
                .addUUID(account)
                .addString(email.from())
                .addString(email.to())
                .addArrayOfString(new String[0])
                .addString(email.subject())
                .addValue(new JsonObject())
                .addValue(new JsonObject())
                .addString(email.html())
                .addString(email.text())
                .addOffsetDateTime(OffsetDateTime.now(ZoneOffset.UTC));
    }

    private static <T> T await(Future<T> future) {
        return IsolationDatabase.await(future);
    }

    @Override
    public void close() {
        connections.forEach(connection -> await(connection.close()));
        await(vertx.close());
    }
}
