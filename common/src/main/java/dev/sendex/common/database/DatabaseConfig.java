package dev.sendex.common.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// Timeouts and limits of the database. Requests that exceed them fail with 503.
@ConfigMapping(prefix = "sendex.database")
interface DatabaseConfig {

    /// How long a statement waits for a connection of the pool.
    @WithDefault("5s")
    Duration acquireTimeout();

    /// How many statements may wait for a connection.
    @WithDefault("1000")
    @Min(1)
    int maxWaiting();

    /// Timeout of opening a connection.
    @WithDefault("5s")
    Duration connectTimeout();

    /// How long one statement may run; PostgreSQL's `statement_timeout`.
    @WithDefault("15s")
    Duration statementTimeout();

    /// How long one statement may wait for a lock; PostgreSQL's `lock_timeout`.
    @WithDefault("5s")
    Duration lockTimeout();

    /// How long a connection may be silent, during or between statements, before it is closed
    /// because the server may have crashed. Longer than any statement.
    @WithDefault("30s")
    Duration silenceTimeout();
}
