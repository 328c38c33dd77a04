package dev.sendex.key.introspection;

import static dev.sendex.key.clients.IntrospectionConnections.INTROSPECTION;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.introspection.TokenIntrospector;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.accounts.Role;
import dev.sendex.key.keys.peppers.Peppers;
import dev.sendex.key.keys.peppers.TokenMac;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Verifies tokens against the database with one indexed read. Nothing is cached, so wrong tokens
/// cost no more than valid ones and need no limit here.
@ApplicationScoped
class StoredKeys implements TokenIntrospector {

    /// Does nothing if another request has rehashed the token or rotated the key meanwhile.
    private static final String REHASH =
            "update api_key set token_mac = $3, pepper_version = $4 where id = $1 and token_mac ="
                    + " $2";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final KeyRows rows;
    private final Pool pool;
    private final Peppers peppers;
    private final Clock clock;

    StoredKeys(
            KeyRows rows,
            @ReactiveDataSource(INTROSPECTION) Pool pool,
            Peppers peppers,
            Clock clock) {
        this.rows = rows;
        this.pool = pool;
        this.peppers = peppers;
        this.clock = clock;
    }

    @Override
    public Uni<Introspection> introspect(
            ApiKeyToken token, Supplier<@Nullable InetAddress> client) {
        return introspect(token);
    }

    Uni<Introspection> introspect(ApiKeyToken token) {
        return rows.find(token.keyId())
                .chain(row -> verify(token, row))
                .onFailure()
                .recoverWithItem(StoredKeys::unavailable);
    }

    private Uni<Introspection> verify(ApiKeyToken token, @Nullable Row row) {
        boolean present = peppers.verify(token, row == null ? null : mac(row));
        boolean former = !present && row != null && isPrevious(token, row);
        if (row == null || (!present && !former)) {
            return Uni.createFrom().item(new Introspection.Inactive());
        }
        Introspection result = verify(token, grant(row, former), row);
        return present && result instanceof Introspection.Active && peppers.isOutdated(mac(row))
                ? moveToCurrentPepper(token, row).replaceWith(result)
                : Uni.createFrom().item(result);
    }

    private boolean isPrevious(ApiKeyToken token, Row row) {
        return row.getValue("previous_token_mac") != null
                && peppers.verify(
                        token,
                        new TokenMac(
                                row.getInteger("previous_pepper_version"),
                                row.getBuffer("previous_token_mac").getBytes()));
    }

    private Introspection verify(ApiKeyToken token, KeyGrant grant, Row row) {
        boolean usable =
                row.getValue("revoked_at") == null
                        && !grant.permissions().isEmpty()
                        && grant.environment() == token.environment()
                        && !grant.isExpiredAt(clock.instant());
        return usable ? new Introspection.Active(grant) : new Introspection.Inactive();
    }

    private static KeyGrant grant(Row row, boolean former) {
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
                Arrays.stream(row.getArrayOfStrings("allowed_ips")).map(Cidr::of).toList(),
                Arrays.stream(row.getArrayOfStrings("allowed_endpoints"))
                        .map(EndpointPattern::new)
                        .toList(),
                rateLimit(row),
                sendingLimit(row),
                row.getOffsetDateTime("created_at").toInstant(),
                expiry(row, former),
                row.getLong("version"));
    }

    /// The key's permissions that its owner has as well. A key whose owner was removed has none.
    private static Set<Permission> permissions(KeyGrant.Type type, Row row) {
        String role = row.getString("role");
        if (role == null) {
            return Set.of();
        }
        Set<Permission> permissions = EnumSet.copyOf(Role.of(role).permissions());
        if (type == KeyGrant.Type.SCOPED) {
            permissions.retainAll(
                    Permission.ofValues(List.of(row.getArrayOfStrings("permissions"))));
        }
        return permissions;
    }

    private static KeyGrant.@Nullable RateLimit rateLimit(Row row) {
        Long limit = row.getLong("rate_limit");
        return limit == null
                ? null
                : new KeyGrant.RateLimit(
                        limit,
                        Duration.ofSeconds(row.getLong("rate_window_seconds")),
                        row.getUUID("rate_shared_with"));
    }

    private static KeyGrant.@Nullable SendingLimit sendingLimit(Row row) {
        Long total = row.getLong("sending_total");
        Long perDay = row.getLong("sending_per_day");
        Long perMonth = row.getLong("sending_per_month");
        return total == null && perDay == null && perMonth == null
                ? null
                : new KeyGrant.SendingLimit(
                        total, perDay, perMonth, row.getUUID("sending_shared_with"));
    }

    /// A previous token expires at the end of the overlap, or with its key if that is earlier.
    private static @Nullable Instant expiry(Row row, boolean former) {
        Instant keys = instant(row.getOffsetDateTime("expires_at"));
        if (!former) {
            return keys;
        }
        Instant overlap = row.getOffsetDateTime("previous_expires_at").toInstant();
        return keys != null && keys.isBefore(overlap) ? keys : overlap;
    }

    /// Needs the plaintext token, so it is done while the token is in use. If it fails, the next
    /// request repeats it.
    private Uni<Void> moveToCurrentPepper(ApiKeyToken token, Row row) {
        TokenMac moved = peppers.mac(token);
        return pool.preparedQuery(REHASH)
                .execute(
                        Tuple.of(
                                token.keyId(),
                                Buffer.buffer(mac(row).bytes()),
                                Buffer.buffer(moved.bytes()),
                                moved.pepperVersion()))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    Log.warnf(
                            "rehashing key with the current pepper failed keyId=%s", token.keyId());
                    return Uni.createFrom().voidItem();
                });
    }

    private static TokenMac mac(Row row) {
        return new TokenMac(
                row.getInteger("pepper_version"), row.getBuffer("token_mac").getBytes());
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Introspection unavailable(Throwable failure) {
        Log.errorf(failure, "introspection failed");
        return new Introspection.Unavailable(RETRY_AFTER);
    }
}
