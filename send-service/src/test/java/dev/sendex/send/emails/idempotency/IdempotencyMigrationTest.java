package dev.sendex.send.emails.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.PostgresResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// What becomes of the records that are there before they tell environments.
class IdempotencyMigrationTest {

    private static final UUID ACCOUNT = UUID.randomUUID();
    private static final String EMAIL =
            """
            insert into email (
                account_id, id, environment, sender, reply_to, subject, headers, tags, status,
                created_at)
            values (?, ?, ?, 'hello@example.com', '{}', 'Hello', '{}', '{}', 'sent', now())
            """;
    private static final String RECORD =
            """
            insert into idempotency_key (account_id, key, request_hash, email_id, expires_at)
            values (?, ?, '', ?, now() + interval '1 hour')
            """;

    private final Map<String, String> database = aDatabase();

    @Test
    void a_record_gets_the_environment_of_its_email_and_live_where_that_is_gone() throws Exception {
        migrateTo("8");
        try (Connection connection = connect()) {
            execute(connection, RECORD, ACCOUNT, "of a test key", anEmail(connection, "test"));
            execute(connection, RECORD, ACCOUNT, "of a live key", anEmail(connection, "live"));
            execute(connection, RECORD, ACCOUNT, "of nobody knows", UUID.randomUUID());

            migrateTo("9");

            assertThat(environment(connection, "of a test key")).isEqualTo("test");
            assertThat(environment(connection, "of a live key")).isEqualTo("live");
            assertThat(environment(connection, "of nobody knows")).isEqualTo("live");
        }
    }

    private static Map<String, String> aDatabase() {
        PostgresResource postgres = new PostgresResource();
        postgres.init(Map.of("database", "sendex_send_migration"));
        return postgres.start();
    }

    private void migrateTo(String version) {
        Flyway.configure().dataSource(url(), user(), password()).target(version).load().migrate();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), user(), password());
    }

    private String url() {
        return database.get("quarkus.datasource.jdbc.url");
    }

    private String user() {
        return database.get("quarkus.datasource.username");
    }

    private String password() {
        return database.get("quarkus.datasource.password");
    }

    private static UUID anEmail(Connection connection, String environment) throws SQLException {
        UUID id = UUID.randomUUID();
        execute(connection, EMAIL, ACCOUNT, id, environment);
        return id;
    }

    private static void execute(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static String environment(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select environment from idempotency_key where key = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }
}
