package dev.sendex.migrate;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/// What operators set; `application.properties` explains it and passes it on.
@ConfigMapping(prefix = "sendex.migrate")
interface MigrationConfig {

    Database key();

    Database send();

    Database webhook();

    Optional<String> username();

    Optional<String> password();

    Duration connectTimeout();

    String lockTimeout();

    /// A database; a service without a URL is skipped.
    interface Database {

        Optional<String> url();

        Optional<String> username();

        Optional<String> password();
    }
}
