package dev.sendex.key.introspection;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.keys.Peppers;
import dev.sendex.key.keys.TokenMac;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges tokens by the database: one indexed read, whatever the answer.
@ApplicationScoped
class StoredKeys implements TokenIntrospector {

    private static final String READ =
            """
            select id, account_id, type, environment, permissions, allowed_domains, token_mac,
                pepper_version, version, created_at, expires_at, revoked_at
            from api_key where id = $1
            """;
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private final Pool pool;
    private final Peppers peppers;
    private final Clock clock;

    StoredKeys(Pool pool, Peppers peppers, Clock clock) {
        this.pool = pool;
        this.peppers = peppers;
        this.clock = clock;
    }

    @Override
    public Uni<Introspection> introspect(ApiKeyToken token) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(token.keyId()))
                .map(rows -> judge(token, first(rows)))
                .onFailure()
                .recoverWithItem(StoredKeys::cannotTell);
    }

    private Introspection judge(ApiKeyToken token, @Nullable Row row) {
        boolean genuine = peppers.verify(token, row == null ? null : mac(row));
        if (row == null || !genuine || row.getValue("revoked_at") != null) {
            return new Introspection.Inactive();
        }
        KeyGrant grant = grant(row);
        boolean usable =
                grant.environment() == token.environment() && !grant.isExpiredAt(clock.instant());
        return usable ? new Introspection.Active(grant) : new Introspection.Inactive();
    }

    private static KeyGrant grant(Row row) {
        KeyGrant.Type type =
                row.getString("type").equals(KeyGrant.Type.FULL_ACCESS.value())
                        ? KeyGrant.Type.FULL_ACCESS
                        : KeyGrant.Type.SCOPED;
        return new KeyGrant(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Objects.requireNonNull(Environment.find(row.getString("environment"))),
                type,
                permissions(type, row),
                List.of(row.getArrayOfStrings("allowed_domains")),
                List.of(),
                List.of(),
                null,
                null,
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("expires_at")),
                row.getLong("version"));
    }

    private static Set<Permission> permissions(KeyGrant.Type type, Row row) {
        return type == KeyGrant.Type.FULL_ACCESS
                ? Permission.all()
                : Permission.ofScope(String.join(" ", row.getArrayOfStrings("permissions")));
    }

    private static TokenMac mac(Row row) {
        return new TokenMac(
                row.getInteger("pepper_version"), row.getBuffer("token_mac").getBytes());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Row first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    private static Introspection cannotTell(Throwable failure) {
        Log.errorf(failure, "introspection failed");
        return new Introspection.Unavailable(COME_BACK);
    }
}
