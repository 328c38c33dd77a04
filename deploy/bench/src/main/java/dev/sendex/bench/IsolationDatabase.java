package dev.sendex.bench;

import dev.sendex.local.backing.LocalPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A PostgreSQL server with send-service's schema and some accounts' emails. It has two users with
/// the same privileges; policies apply to one of them.
final class IsolationDatabase implements AutoCloseable {

    private static final String NAME = "isolation";
    private static final String POLICIES =
            """
            create role unscoped login bypassrls;
            create role scoped login;
            grant select, insert, update, delete on all tables in schema public to unscoped, scoped;
            do $$
            declare
                name text;
            begin
                for name in
                    select table_name from information_schema.columns
                    where table_schema = 'public' and column_name = 'account_id'
                loop
                    execute format('alter table %I enable row level security', name);
                    execute format('create policy own on %I using '
                        '(account_id = current_setting(''sendex.account_id'')::uuid)', name);
                end loop;
            end
            $$
            """;
    private static final String FILL =
            """
            create table tenant as
                select gen_random_uuid() as account_id from generate_series(1, 200);
            drop index domain_verified_once;
            insert into domain (
                account_id, id, name, status, dkim_tokens, dkim_status, mail_from_domain,
                mail_from_status, region, created_at, challenge, challenge_status)
                select account_id, gen_random_uuid(), 'mail.example', 'verified', '', '', '', '', '',
                    now(), '', 'verified'
                from tenant;
            insert into email (
                account_id, id, environment, sender, reply_to, subject, headers, tags, status,
                created_at)
                select account_id, uuidv7(), 'live', 'hello@mail.example', '{}',
                    'Your order is confirmed', '{}', '{}', 'delivered', now()
                from tenant, generate_series(1, 500);
            insert into email_body
                select account_id, id, '<h1>Thanks for your order!</h1>', null from email;
            insert into email_recipient
                select account_id, id, 1, 'to', 'somebody@elsewhere.example', null from email;
            vacuum analyze
            """;

    private final Vertx vertx;
    private final LocalPostgres server;

    private IsolationDatabase(Vertx vertx, LocalPostgres server) {
        this.vertx = vertx;
        this.server = server;
    }

    /// Returns once the database has its data.
    static IsolationDatabase start(Path migrations, Path folder) throws IOException {
        LocalPostgres server =
                LocalPostgres.start(
                        folder.resolve("data"),
                        folder.resolve("postgres.log"),
                        LocalPostgres.Durability.DURABLE);
        server.createDatabaseIfMissing(NAME);
        IsolationDatabase database = new IsolationDatabase(Vertx.vertx(), server);
        database.fill(migrations);
        return database;
    }

    private void fill(Path migrations) throws IOException {
        SqlConnection owner = connect(LocalPostgres.USER);
        try (var files = Files.list(migrations)) {
            for (Path file : files.sorted().toList()) {
                await(owner.query(Files.readString(file)).execute());
            }
        }
        for (String statement : FILL.split(";", -1)) {
            await(owner.query(statement).execute());
        }
        await(owner.query(POLICIES).execute());
        await(owner.close());
    }

    /// This number of accounts, each with its own connection.
    List<ServedAccount> tenants(Scope scope, int count) {
        SqlConnection owner = connect(LocalPostgres.USER);
        List<ServedAccount> tenants = new ArrayList<>();
        for (UUID account :
                ids(owner, "select account_id from tenant order by 1 limit $1", count)) {
            List<UUID> emails = ids(owner, "select id from email where account_id = $1", account);
            SqlConnection connection = connect(scope.isBound() ? "scoped" : "unscoped");
            await(scope.prepare(connection, account));
            tenants.add(new ServedAccount(account, emails, connection));
        }
        await(owner.close());
        return tenants;
    }

    private static List<UUID> ids(SqlConnection connection, String query, Object parameter) {
        RowSet<Row> rows = await(connection.preparedQuery(query).execute(Tuple.of(parameter)));
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getUUID(0)).toList();
    }

    /// The processor time of the server and its client so far.
    Duration processorTime() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.of(server.pid()).orElseThrow().children())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private SqlConnection connect(String user) {
        PgConnectOptions options = PgConnectOptions.fromUri(server.reactiveUrl(NAME));
        options.setUser(user).setPassword(LocalPostgres.PASSWORD).setCachePreparedStatements(true);
        return await(PgConnection.connect(vertx, options));
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
        server.close();
    }
}
