package dev.sendex.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The next migration of a schema whose tables are filled and in use.
class ServiceSchemaTest {

    private static final String BASELINE = "filesystem:src/main/resources/db/migration/webhook";

    private static final String NEXT =
            """
            alter table event add column language text;
            alter table webhook_endpoint add column description text not null default 'none';
            """;

    private final TestDatabase database = TestDatabase.create();

    @TempDir Path migrations;

    @BeforeEach
    void aFilledSchemaAndItsNextMigration() throws Exception {
        schema(BASELINE).migrate(Duration.ZERO);
        database.execute(
                """
                insert into webhook_endpoint
                    (id, account_id, url, event_types, status, encrypted_secret, created_at)
                select gen_random_uuid(), gen_random_uuid(), 'https://a.example/' || n,
                    array['email.sent'], 'enabled', '', now()
                from generate_series(1, 1000) n
                """);
        database.execute(
                """
                insert into event (account_id, id, type, body, created_at)
                select account_id, id, 'email.sent', '{}', now() from webhook_endpoint
                """);
        Files.writeString(migrations.resolve("V002__next.sql"), NEXT);
    }

    @Test
    void a_migration_of_a_locked_table_gives_up_and_leaves_the_schema_unchanged() throws Exception {
        try (Connection other = database.connect()) {
            useEndpoints(other);

            assertThatThrownBy(this::migrate)
                    .isInstanceOf(MigrationFailure.class)
                    .hasMessageStartingWith(
                            "The schema of webhook-service was not migrated: lock timeout, because"
                                    + " another transaction is using a table that the migration"
                                    + " changes. The migration changed nothing. Run the program"
                                    + " again, or set a longer sendex.migrate.lock-timeout. ")
                    .hasMessageContaining("V002__next.sql")
                    .message()
                    .hasLineCount(1);

            assertThat(addedColumns()).isEqualTo(0);
            assertThat(migrated()).isEqualTo(1);
            other.rollback();
        }

        migrate();

        assertThat(addedColumns()).isEqualTo(2);
        assertThat(migrated()).isEqualTo(2);
        assertThat(database.number("select count(*) from event where language is null"))
                .isEqualTo(1000);
        assertThat(
                        database.number(
                                "select count(*) from webhook_endpoint where description = 'none'"))
                .isEqualTo(1000);
    }

    @Test
    void two_concurrent_runs_succeed_and_migrate_once() throws Exception {
        try (ExecutorService runs = Executors.newFixedThreadPool(2)) {
            List<Future<Boolean>> both =
                    runs.invokeAll(List.of(this::hasMigrated, this::hasMigrated));

            for (Future<Boolean> each : both) {
                assertThat(each.get()).isTrue();
            }
        }
        assertThat(addedColumns()).isEqualTo(2);
        assertThat(migrated()).isEqualTo(2);
    }

    private boolean hasMigrated() throws MigrationFailure {
        migrate();
        return true;
    }

    private void migrate() throws MigrationFailure {
        schema(BASELINE, "filesystem:" + migrations).migrate(Duration.ZERO);
    }

    private ServiceSchema schema(String... locations) {
        return new ServiceSchema(
                "webhook-service",
                Flyway.configure()
                        .dataSource(database.dataSource())
                        .locations(locations)
                        .initSql("set lock_timeout = '100ms'")
                        .load());
    }

    /// As any request that reads and locks an endpoint.
    private static void useEndpoints(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1 from webhook_endpoint limit 1 for update");
        }
    }

    private long addedColumns() throws SQLException {
        return database.number(
                "select count(*) from information_schema.columns"
                        + " where (table_name, column_name) in"
                        + " (('event', 'language'), ('webhook_endpoint', 'description'))");
    }

    private long migrated() throws SQLException {
        return database.number("select count(*) from flyway_schema_history where success");
    }
}
