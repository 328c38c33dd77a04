package dev.sendex.common.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Sets the timeouts of the default datasource's pool, for which Quarkus has no settings.
@Singleton
class DatabasePool implements PgPoolCreator {

    /// Longer statements are not cached; ours are shorter.
    private static final int MAX_CACHED_STATEMENT_LENGTH = 8192;

    private final DatabaseConfig config;

    DatabasePool(DatabaseConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        servers.forEach(this::limit);
        input.poolOptions()
                .setConnectionTimeout(millis(config.acquireTimeout()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(config.maxWaiting());
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(roundRobin(servers))
                .using(input.vertx())
                .build();
    }

    private static Supplier<Future<SqlConnectOptions>> roundRobin(List<PgConnectOptions> servers) {
        AtomicInteger next = new AtomicInteger();
        return () ->
                Future.succeededFuture(
                        servers.get(Math.floorMod(next.getAndIncrement(), servers.size())));
    }

    private void limit(PgConnectOptions options) {
        options.addProperty("statement_timeout", String.valueOf(millis(config.statementTimeout())))
                .addProperty("lock_timeout", String.valueOf(millis(config.lockTimeout())))
                .setConnectTimeout(millis(config.connectTimeout()))
                .setIdleTimeout(millis(config.silenceTimeout()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setPreparedStatementCacheSqlLimit(MAX_CACHED_STATEMENT_LENGTH);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
