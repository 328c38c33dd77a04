package dev.sendex.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, run as operators run it, against a real PostgreSQL.
class MigrationProgramIT {

    private static final String HISTORY = "select count(*) from flyway_schema_history";

    private final TestDatabase key = TestDatabase.create();
    private final TestDatabase send = TestDatabase.create();
    private final TestDatabase webhook = TestDatabase.create();

    @TempDir Path logs;

    @Test
    void new_databases_get_their_schemas_and_a_second_run_changes_nothing() throws Exception {
        assertThat(migrate(all())).isEqualTo(0);
        assertThat(lastOutput())
                .containsSubsequence(
                        "schema of key-service was migrated from=none to=001",
                        "schema of send-service was migrated from=none to=001",
                        "schema of webhook-service was migrated from=none to=001");
        assertThat(key.number("select count(*) from key_alert_run")).isEqualTo(1);
        assertThat(send.number("select count(*) from send_rate")).isEqualTo(1);
        assertThat(webhook.number("select count(*) from webhook_endpoint")).isEqualTo(0);

        assertThat(migrate(all())).isEqualTo(0);
        assertThat(lastOutput())
                .containsSubsequence(
                        "schema of key-service is up to date version=001",
                        "schema of send-service is up to date version=001",
                        "schema of webhook-service is up to date version=001");
        assertThat(key.number(HISTORY)).isEqualTo(1);
    }

    @Test
    void only_databases_with_a_url_are_migrated() throws Exception {
        assertThat(migrate(Map.of("SENDEX_MIGRATE_SEND_URL", send.url()))).isEqualTo(0);

        assertThat(lastOutput().lines())
                .singleElement()
                .asString()
                .contains("schema of send-service was migrated");
        assertThat(tables(key)).isEqualTo(0);
    }

    @Test
    void a_separate_user_replaces_the_common_one() throws Exception {
        send.execute("create role \"%s\" login".formatted(send.name()));
        send.execute("grant create on schema public to \"%s\"".formatted(send.name()));

        assertThat(
                        migrate(
                                Map.of(
                                        "SENDEX_MIGRATE_KEY_URL", key.url(),
                                        "SENDEX_MIGRATE_SEND_URL", send.url(),
                                        "SENDEX_MIGRATE_SEND_USERNAME", send.name())))
                .isEqualTo(0);

        assertThat(
                        send.number(
                                "select count(*) from pg_tables where tablename = 'email' and tableowner = '%s'"
                                        .formatted(send.name())))
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
                                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, key.name())));
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
        assertThat(migrate(Map.of("SENDEX_MIGRATE_KEY_URL", new TestDatabase("nowhere").url())))
                .isEqualTo(1);

        assertThat(lastOutput().lines()).singleElement().asString().contains("nowhere");
    }

    @Test
    void concurrent_runs_migrate_once() throws Exception {
        Process one = start("one", all());
        Process other = start("other", all());

        assertThat(List.of(one.waitFor(), other.waitFor())).containsExactly(0, 0);
        for (TestDatabase database : List.of(key, send, webhook)) {
            assertThat(database.number(HISTORY)).isEqualTo(1);
        }
    }

    @Test
    void a_migration_that_does_not_get_a_lock_times_out() throws Exception {
        assertThat(migrate(all())).isEqualTo(0);
        try (Connection holder = key.connect()) {
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
                "SENDEX_MIGRATE_KEY_URL", key.url(),
                "SENDEX_MIGRATE_SEND_URL", send.url(),
                "SENDEX_MIGRATE_WEBHOOK_URL", webhook.url());
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
        program.environment().put("SENDEX_MIGRATE_USERNAME", TestDatabase.USERNAME);
        program.environment().put("SENDEX_MIGRATE_PASSWORD", TestDatabase.PASSWORD);
        program.environment().putAll(settings);
        return program.start();
    }

    private static long tables(TestDatabase database) throws SQLException {
        return database.number("select count(*) from pg_tables where schemaname = 'public'");
    }

    /// Forwards connections to the real server, like a server that has just started.
    private void relay(ServerSocket late) {
        try {
            while (true) {
                Socket client = late.accept();
                Socket postgres =
                        new Socket(
                                TestDatabase.server().getHost(), TestDatabase.server().getPort());
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
