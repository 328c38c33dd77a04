package dev.sendex.common.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/// How long anything may take at the database. What takes longer fails, and callers get a 503.
@ConfigMapping(prefix = "sendex.database")
interface DatabaseConfig {

    /// How long a statement waits for a connection from the pool.
    @WithDefault("5s")
    Duration acquireTimeout();

    /// How many statements wait for a connection at a time.
    @WithDefault("1000")
    @Min(1)
    int maxWaiting();

    /// How long opening a connection may take.
    @WithDefault("5s")
    Duration connectTimeout();

    /// How long one statement may run; PostgreSQL's `statement_timeout`.
    @WithDefault("15s")
    Duration statementTimeout();

    /// How long one statement may wait for a lock; PostgreSQL's `lock_timeout`.
    @WithDefault("5s")
    Duration lockTimeout();

    /// How long a connection may be silent, in a statement or between two, before it is closed: the
    /// server may be gone without a word. Longer than any statement.
    @WithDefault("30s")
    Duration silenceTimeout();
}
