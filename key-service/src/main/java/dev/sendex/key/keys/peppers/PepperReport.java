package dev.sendex.key.keys.peppers;

import io.quarkus.logging.Log;
import io.quarkus.vertx.http.ManagementInterface;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.TreeMap;

/// Reports, at `/q/peppers` of the management interface, how many keys use each pepper; one that no
/// key uses can be removed. Keys are migrated to the current pepper when they are used. Expired
/// keys count as well, since their expiry can be changed.
@ApplicationScoped
class PepperReport {

    private static final int FAILED = 500;
    private static final String COUNT =
            """
            select version, sum(keys)::bigint as keys, sum(rotated)::bigint as rotated from (
                select pepper_version as version, count(*) as keys, 0 as rotated from api_key
                where revoked_at is null
                group by pepper_version
                union all
                select previous_pepper_version, 0, count(*) from api_key
                where revoked_at is null and previous_expires_at > now()
                group by previous_pepper_version
            ) as hanging group by version
            """;

    private final Pool pool;
    private final Peppers peppers;

    PepperReport(Pool pool, Peppers peppers) {
        this.pool = pool;
        this.peppers = peppers;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get("/q/peppers").handler(this::answer);
    }

    private void answer(RoutingContext request) {
        report().subscribe()
                .with(report -> request.json(report), failure -> fail(request, failure));
    }

    private static void fail(RoutingContext request, Throwable failure) {
        Log.errorf(failure, "counting keys by pepper version failed");
        request.fail(FAILED);
    }

    private Uni<JsonObject> report() {
        return pool.query(COUNT).execute().map(this::report);
    }

    private JsonObject report(RowSet<Row> counts) {
        TreeMap<Integer, JsonObject> entries = new TreeMap<>();
        peppers.versions().forEach(version -> entries.put(version, entry(version, 0, 0)));
        for (Row count : counts) {
            int version = count.getInteger("version");
            entries.put(version, entry(version, count.getLong("keys"), count.getLong("rotated")));
        }
        return new JsonObject()
                .put("current", peppers.current())
                .put("peppers", new JsonArray(entries.values().stream().toList()));
    }

    /// @param rotated previous tokens of keys that are being rotated
    private JsonObject entry(int version, long keys, long rotated) {
        return new JsonObject()
                .put("version", version)
                .put("configured", peppers.versions().contains(version))
                .put("keys", keys)
                .put("rotated_tokens", rotated);
    }
}
