package dev.sendex.key.usage;

import static org.awaitility.Awaitility.await;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;

/// Access to the database, and waiting for what consumers write to it.
abstract class UsageFixture {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject Pool pool;

    void execute(String statement, Object... parameters) {
        pool.preparedQuery(statement).execute(Tuple.from(parameters)).await().atMost(TIMEOUT);
    }

    long count(String query, UUID parameter) {
        return pool.preparedQuery(query)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(TIMEOUT)
                .iterator()
                .next()
                .getLong(0);
    }

    static OffsetDateTime ago(Duration time) {
        return Instant.now().minus(time).atOffset(ZoneOffset.UTC);
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(TIMEOUT).untilAsserted(assertion);
    }
}
