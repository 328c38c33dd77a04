package dev.sendex.key.clients;

import static dev.sendex.key.clients.IntrospectionConnections.INTROSPECTION;

import dev.sendex.common.crypto.Sha256;
import dev.sendex.key.clients.ClientAssertions.Verified;
import dev.sendex.key.retention.ExpiredRows;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Ensures that every assertion is accepted once, across all instances.
@ApplicationScoped
class UsedAssertions {

    private static final String MARK_USED =
            """
            insert into used_client_assertion (client_id, jti_hash, expires_at)
            values ($1, $2, $3)
            on conflict (client_id, jti_hash) do update set expires_at = excluded.expires_at
            where used_client_assertion.expires_at < $4
            """;

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Pool pool;
    private final Clock clock;

    UsedAssertions(@ReactiveDataSource(INTROSPECTION) Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Produces
    static ExpiredRows usedAssertions() {
        return new ExpiredRows("used_client_assertion", "expires_at", CLOCK_SKEW);
    }

    /// Marks the assertion as used. Returns whether this was the first time.
    Uni<Boolean> markUsed(Verified assertion) {
        return pool.preparedQuery(MARK_USED)
                .execute(
                        Tuple.of(
                                assertion.server().clientId(),
                                Buffer.buffer(Sha256.of(assertion.id())),
                                assertion.retainUntil().atOffset(ZoneOffset.UTC),
                                now()))
                .map(rows -> rows.rowCount() == 1);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
