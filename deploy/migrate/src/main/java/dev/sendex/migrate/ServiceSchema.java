package dev.sendex.migrate;

import io.quarkus.logging.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/// The schema of one service in its database.
record ServiceSchema(String service, Flyway flyway) {

    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final String CONNECTION_ERRORS = "08";
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /// Applies pending migrations. Waits for a server that does not accept connections yet.
    void migrate(Duration connectTimeout) throws MigrationFailure {
        try {
            awaitServer(connectTimeout);
            report(flyway.migrate());
        } catch (SQLException | FlywayException e) {
            throw new MigrationFailure(service, e);
        }
    }

    private void awaitServer(Duration timeout) throws SQLException {
        DataSource database = flyway.getConfiguration().getDataSource();
        long deadline = System.nanoTime() + timeout.toNanos();
        boolean isReachable = isReachable(database, deadline);
        if (!isReachable) {
            Log.infof("waiting for the database of %s", service);
        }
        while (!isReachable) {
            pause();
            isReachable = isReachable(database, deadline);
        }
    }

    /// @throws SQLException if the server refuses the connection permanently, or until the deadline
    private static boolean isReachable(DataSource database, long deadline) throws SQLException {
        try (Connection _ = database.getConnection()) {
            return true;
        } catch (SQLException e) {
            if (!isTemporary(e) || System.nanoTime() > deadline) {
                throw e;
            }
            return false;
        }
    }

    private static boolean isTemporary(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return state.startsWith(CONNECTION_ERRORS) || state.equals(CANNOT_CONNECT_NOW);
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void report(MigrateResult result) {
        String from = Objects.requireNonNullElse(result.initialSchemaVersion, "none");
        if (result.migrationsExecuted == 0) {
            Log.infof("schema of %s is up to date version=%s", service, from);
        } else {
            Log.infof(
                    "schema of %s was migrated from=%s to=%s",
                    service, from, result.targetSchemaVersion);
        }
    }
}
