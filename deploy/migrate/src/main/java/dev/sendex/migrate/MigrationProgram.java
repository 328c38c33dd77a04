package dev.sendex.migrate;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.logging.Log;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/// Migrates the configured databases one after the other. Exits with status 0, or with 1 after one
/// line with the error.
@QuarkusMain
final class MigrationProgram implements QuarkusApplication {

    private final MigrationConfig config;
    private final List<ServiceSchema> schemas = new ArrayList<>();

    MigrationProgram(
            MigrationConfig config,
            @FlywayDataSource("key") Instance<Flyway> key,
            @FlywayDataSource("send") Instance<Flyway> send,
            @FlywayDataSource("webhook") Instance<Flyway> webhook) {
        this.config = config;
        add("key-service", config.key(), key);
        add("send-service", config.send(), send);
        add("webhook-service", config.webhook(), webhook);
    }

    /// Without a URL there is no data source, so the Flyway bean must not be resolved.
    private void add(String service, MigrationConfig.Database database, Instance<Flyway> flyway) {
        if (database.url().isPresent()) {
            schemas.add(new ServiceSchema(service, flyway.get()));
        }
    }

    @Override
    public int run(String... arguments) {
        if (schemas.isEmpty()) {
            Log.error(
                    "No database is configured. Set sendex.migrate.key.url, sendex.migrate.send.url or"
                            + " sendex.migrate.webhook.url.");
            return 1;
        }
        try {
            for (ServiceSchema schema : schemas) {
                schema.migrate(config.connectTimeout());
            }
            return 0;
        } catch (MigrationFailure failure) {
            Log.error(failure.getMessage());
            return 1;
        }
    }
}
