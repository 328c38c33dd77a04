package dev.sendex.local.backing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sendex.local.backing.LocalPostgres.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    @TempDir Path directory;

    @Test
    void data_are_kept_across_a_restart() throws Exception {
        try (LocalPostgres first = start()) {
            first.createDatabaseIfMissing("kept");
            execute(first, "create table note (text text)");
            execute(first, "insert into note values ('still here')");
        }
        try (LocalPostgres second = start()) {
            second.createDatabaseIfMissing("kept");
            assertThat(ask(second, "select text from note")).isEqualTo("still here");
        }
    }

    @Test
    void the_log_contains_no_row_values_and_no_statements() throws Exception {
        try (LocalPostgres server = start()) {
            server.createDatabaseIfMissing("kept");
            execute(server, "create table person (address text primary key, age int not null)");
            execute(server, "insert into person values ('ada@example.net', 1)");

            assertThatThrownBy(() ->
                            execute(server, "insert into person values ('ada@example.net', 2)"))
                    .hasMessageContaining("ada@example.net");
            assertThatThrownBy(() -> insert(server, "bob@example.net"))
                    .isInstanceOf(SQLException.class);

            assertThat(Files.readString(directory.resolve("postgres.log")))
                    .contains("person_pkey", "violates not-null constraint")
                    .doesNotContain("@example.net", "insert into");
        }
    }

    @Test
    void the_exit_of_the_server_is_reported() throws Exception {
        try (LocalPostgres server = start()) {
            ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();

            assertThat(server.ended().get(10, TimeUnit.SECONDS))
                    .hasMessageStartingWith("postgres ended at 20");
        }
    }

    @Test
    void a_durable_server_flushes_to_disk() throws Exception {
        try (LocalPostgres server = start()) {
            server.createDatabaseIfMissing("kept");
            assertThat(ask(server, "show fsync")).isEqualTo("on");
            assertThat(ask(server, "show server_version")).startsWith("18.");
        }
    }

    @Test
    void no_process_remains_after_closing() throws Exception {
        LocalPostgres server = start();
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        server.close();
        await().until(() -> !process.isAlive());
    }

    private LocalPostgres start() throws Exception {
        return LocalPostgres.start(
                directory.resolve("data"), directory.resolve("postgres.log"), Durability.DURABLE);
    }

    private static void execute(LocalPostgres server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(LocalPostgres server, String address) throws SQLException {
        try (var connection = connect(server);
                var statement =
                        connection.prepareStatement("insert into person values (?, null)")) {
            statement.setString(1, address);
            statement.executeUpdate();
        }
    }

    private static String ask(LocalPostgres server, String sql) throws SQLException {
        try (var connection = connect(server);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static java.sql.Connection connect(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(
                server.jdbcUrl("kept"), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }
}
