package dev.sendex.migrate;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/// The settings for operators, which `application.properties` documents and maps to Quarkus
/// settings.
@ConfigMapping(prefix = "sendex.migrate")
interface MigrationConfig {

    Database key();

    Database send();

    Database webhook();

    Optional<String> username();

    Optional<String> password();

    Duration connectTimeout();

    String lockTimeout();

    /// The database of a service, which is skipped if it has no URL.
    interface Database {

        Optional<String> url();

        Optional<String> username();

        Optional<String> password();
    }
}
