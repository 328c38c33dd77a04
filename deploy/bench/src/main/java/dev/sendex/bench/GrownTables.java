package dev.sendex.bench;

import dev.sendex.bench.EmailTable.Mark;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/// Fills send-service's tables with copies of a sent email and of everything that belongs to it,
/// whatever their columns.
final class GrownTables implements AutoCloseable {

    private static final String COUNT = "select count(*) from email where account_id = $1";

    private static final String COPY_EMAIL =
            """
            insert into email
            select copy.*
            from email original
            cross join grown g
            cross join lateral jsonb_populate_record(
                original,
                jsonb_build_object(
                    'id', g.id,
                    'created_at', uuid_extract_timestamp(g.id),
                    'ses_message_id', g.id)) copy
            where original.account_id = $1 and original.id = $2
            """;
    private static final String TABLES_OF_EMAILS =
            """
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and not c.relispartition and a.attname = 'email_id'
            """;
    private static final List<String> EXPLAIN =
            List.of(
                    "alter database %1$s set session_preload_libraries = 'auto_explain'",
                    "alter database %1$s set auto_explain.log_min_duration = 0",
                    "alter database %1$s set auto_explain.log_analyze = on");
    private static final List<String> NO_EXPLAIN =
            List.of(
                    "alter database %1$s reset session_preload_libraries",
                    "alter database %1$s reset auto_explain.log_min_duration",
                    "alter database %1$s reset auto_explain.log_analyze");
    private static final String RECONNECT =
            """
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()
            """;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final PgConnection connection;
    private final String database;

    GrownTables(PgConnectOptions database) {
        this.database = database.getDatabase();
        connection = IsolationDatabase.await(PgConnection.connect(vertx, database));
    }

    /// Adds copies until the account has this number of emails.
    void growTo(long total, Mark original) {
        UUID account = original.account();
        long present = execute(COUNT, Tuple.of(account)).iterator().next().getLong(0);
        Tuple ids = Tuple.of(account, original.email());
        createIds(Math.max(0, total - present));
        execute(COPY_EMAIL, ids);
        for (String table : tablesOfEmails()) {
            copyPart(table, ids);
        }
        execute("drop table grown", Tuple.tuple());
        IsolationDatabase.await(connection.query("vacuum analyze").execute());
    }

    /// The ids of the copies are a millisecond apart, up to now.
    private void createIds(long count) {
        execute(
                """
                create temporary table grown as
                    select uuidv7(n * interval '-1 millisecond') as id
                    from generate_series(1, %d) n
                """
                        .formatted(count),
                Tuple.tuple());
    }

    private void copyPart(String table, Tuple ids) {
        execute(
                """
                insert into %1$s
                select copy.*
                from %1$s original
                cross join grown g
                cross join lateral jsonb_populate_record(
                    original, jsonb_build_object('email_id', g.id)) copy
                where original.account_id = $1 and original.email_id = $2
                """
                        .formatted(table),
                ids);
    }

    private List<String> tablesOfEmails() {
        RowSet<Row> names = execute(TABLES_OF_EMAILS, Tuple.tuple());
        return StreamSupport.stream(names.spliterator(), false)
                .map(row -> row.getString(0))
                .toList();
    }

    /// Makes PostgreSQL log the plan of every statement of the services, or stop that. Their
    /// connections are closed, so that it applies to all.
    void logPlans(boolean log) {
        for (String statement : log ? EXPLAIN : NO_EXPLAIN) {
            execute(statement.formatted(database), Tuple.tuple());
        }
        execute(RECONNECT, Tuple.tuple());
    }

    private RowSet<Row> execute(String statement, Tuple parameters) {
        return IsolationDatabase.await(connection.preparedQuery(statement).execute(parameters));
    }

    @Override
    public void close() {
        IsolationDatabase.await(connection.close());
        IsolationDatabase.await(vertx.close());
    }
}
