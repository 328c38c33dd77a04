package dev.sendex.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.fixture.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/// The packaged program, run as operators run it, against a real PostgreSQL.
class MigrationProgramIT {

    private static final String HISTORY = "select count(*) from flyway_schema_history";

    private final Map<String, String> server = new PostgresResource().start();
    private final String key = aDatabase();
    private final String send = aDatabase();
    private final String webhook = aDatabase();

    @TempDir Path logs;

    @Test
    void new_databases_get_their_schemas_and_a_second_run_changes_nothing() throws Exception {
        assertThat(migrate(all())).isEqualTo(0);
        assertThat(lastOutput())
                .containsSubsequence(
                        "schema of key-service was migrated from=none to=001",
                        "schema of send-service was migrated from=none to=001",
                        "schema of webhook-service was migrated from=none to=001");
        assertThat(number(key, "select count(*) from key_alert_run")).isEqualTo(1);
        assertThat(number(send, "select count(*) from send_rate")).isEqualTo(1);
        assertThat(number(webhook, "select count(*) from webhook_endpoint")).isEqualTo(0);

        assertThat(migrate(all())).isEqualTo(0);
        assertThat(lastOutput())
                .containsSubsequence(
                        "schema of key-service is up to date version=001",
                        "schema of send-service is up to date version=001",
                        "schema of webhook-service is up to date version=001");
        assertThat(number(key, HISTORY)).isEqualTo(1);
    }

    @Test
    void only_databases_with_a_url_are_migrated() throws Exception {
        assertThat(migrate(Map.of("SENDEX_MIGRATE_SEND_URL", url(send)))).isEqualTo(0);

        assertThat(lastOutput().lines())
                .singleElement()
                .asString()
                .contains("schema of send-service was migrated");
        assertThat(tables(key)).isEqualTo(0);
    }

    @Test
    void a_separate_user_replaces_the_common_one() throws Exception {
        execute(send, "create role \"%s\" login".formatted(send));
        execute(send, "grant create on schema public to \"%s\"".formatted(send));

        assertThat(
                        migrate(
                                Map.of(
                                        "SENDEX_MIGRATE_KEY_URL", url(key),
                                        "SENDEX_MIGRATE_SEND_URL", url(send),
                                        "SENDEX_MIGRATE_SEND_USERNAME", send)))
                .isEqualTo(0);

        assertThat(
                        number(
                                send,
                                "select count(*) from pg_tables where tablename = 'email' and tableowner = '%s'"
                                        .formatted(send)))
                .isEqualTo(1);
    }

    @Test
    void without_any_url_the_error_names_the_settings() throws Exception {
        assertThat(migrate(Map.of())).isEqualTo(1);

        assertThat(lastOutput().lines())
                .singleElement()
                .asString()
                .contains("No database is configured. Set sendex.migrate.key.url");
    }

    @Test
    void an_unreachable_server_is_reported_in_one_line() throws Exception {
        Map<String, String> away =
                Map.of(
                        "SENDEX_MIGRATE_KEY_URL", "jdbc:postgresql://127.0.0.1:1/nowhere",
                        "SENDEX_MIGRATE_CONNECT_TIMEOUT", "0s");

        assertThat(migrate(away)).isEqualTo(1);

        assertThat(lastOutput().lines())
                .singleElement()
                .asString()
                .contains("ERROR The schema of key-service was not migrated: ", "127.0.0.1:1");
    }

    @Test
    void a_server_that_is_starting_is_waited_for() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process program =
                start(
                        "waiting",
                        Map.of(
                                "SENDEX_MIGRATE_KEY_URL",
                                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, key)));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> output("waiting").contains("waiting for the database of key-service"));

        try (ServerSocket late = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> relay(late));
            assertThat(program.waitFor()).isEqualTo(0);
        }
        assertThat(output("waiting")).contains("schema of key-service was migrated");
    }

    @Test
    void a_database_that_does_not_exist_is_not_waited_for() throws Exception {
        assertThat(migrate(Map.of("SENDEX_MIGRATE_KEY_URL", url("nowhere")))).isEqualTo(1);

        assertThat(lastOutput().lines()).singleElement().asString().contains("nowhere");
    }

    @Test
    void concurrent_runs_migrate_once() throws Exception {
        Process one = start("one", all());
        Process other = start("other", all());

        assertThat(List.of(one.waitFor(), other.waitFor())).containsExactly(0, 0);
        for (String database : List.of(key, send, webhook)) {
            assertThat(number(database, HISTORY)).isEqualTo(1);
        }
    }

    @Test
    void a_migration_that_does_not_get_a_lock_times_out() throws Exception {
        assertThat(migrate(all())).isEqualTo(0);
        try (Connection holder = connect(key)) {
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute("lock table flyway_schema_history in access exclusive mode");
            }
            Map<String, String> settings = new HashMap<>(all());
            settings.put("SENDEX_MIGRATE_LOCK_TIMEOUT", "100ms");

            assertThat(migrate(settings)).isEqualTo(1);
        }
        assertThat(lastOutput().lines())
                .singleElement()
                .asString()
                .contains("The schema of key-service was not migrated", "lock timeout");
    }

    private Map<String, String> all() {
        return Map.of(
                "SENDEX_MIGRATE_KEY_URL", url(key),
                "SENDEX_MIGRATE_SEND_URL", url(send),
                "SENDEX_MIGRATE_WEBHOOK_URL", url(webhook));
    }

    /// Runs the program and returns its exit status.
    private int migrate(Map<String, String> settings) throws Exception {
        return start("last", settings).waitFor();
    }

    private String lastOutput() {
        return output("last");
    }

    private String output(String name) {
        try {
            return Files.readString(logs.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start(String name, Map<String, String> settings) throws IOException {
        ProcessBuilder program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                "target/quarkus-app/quarkus-run.jar")
                        .redirectErrorStream(true)
                        .redirectOutput(logs.resolve(name).toFile());
        program.environment()
                .put("SENDEX_MIGRATE_USERNAME", server.get("quarkus.datasource.username"));
        program.environment()
                .put("SENDEX_MIGRATE_PASSWORD", server.get("quarkus.datasource.password"));
        program.environment().putAll(settings);
        return program.start();
    }

    private URI address() {
        return URI.create(server.get("quarkus.datasource.reactive.url"));
    }

    private String url(String database) {
        return "jdbc:" + address().resolve("/" + database);
    }

    private String aDatabase() {
        String name = "migrate_" + UUID.randomUUID();
        execute("postgres", "create database \"%s\"".formatted(name));
        return name;
    }

    private Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url(database));
        return source.getConnection(
                server.get("quarkus.datasource.username"),
                server.get("quarkus.datasource.password"));
    }

    private void execute(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long tables(String database) throws SQLException {
        return number(database, "select count(*) from pg_tables where schemaname = 'public'");
    }

    private long number(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// Forwards connections to the real server, like a server that has just started.
    private void relay(ServerSocket late) {
        try {
            while (true) {
                Socket client = late.accept();
                Socket postgres = new Socket(address().getHost(), address().getPort());
                copy(client, postgres);
                copy(postgres, client);
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static void copy(Socket from, Socket to) {
        Thread.ofVirtual()
                .start(() -> {
                    try (from;
                            to) {
                        from.getInputStream().transferTo(to.getOutputStream());
                    } catch (IOException _) {
                        // The other direction has closed both.
                    }
                });
    }
}
