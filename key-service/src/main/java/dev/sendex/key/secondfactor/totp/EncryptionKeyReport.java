package dev.sendex.key.secondfactor.totp;

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

/// Reports, at `/q/second-factor-keys` of the management interface, how many members' secrets are
/// encrypted with each key; one that no secret uses can be removed. Secrets are migrated to the
/// current key when one of their codes is used.
@ApplicationScoped
class EncryptionKeyReport {

    private static final int FAILED = 500;
    private static final String COUNT =
            "select key_version, count(*) as members from second_factor group by key_version";

    private final Pool pool;
    private final TotpSecretCipher cipher;

    EncryptionKeyReport(Pool pool, TotpSecretCipher cipher) {
        this.pool = pool;
        this.cipher = cipher;
    }

    void register(@Observes ManagementInterface management) {
        management.router().get("/q/second-factor-keys").handler(this::answer);
    }

    private void answer(RoutingContext request) {
        report().subscribe()
                .with(report -> request.json(report), failure -> fail(request, failure));
    }

    private static void fail(RoutingContext request, Throwable failure) {
        Log.errorf(failure, "counting second factors by key version failed");
        request.fail(FAILED);
    }

    private Uni<JsonObject> report() {
        return pool.query(COUNT).execute().map(this::report);
    }

    private JsonObject report(RowSet<Row> counts) {
        TreeMap<Integer, JsonObject> entries = new TreeMap<>();
        cipher.versions().forEach(version -> entries.put(version, entry(version, 0)));
        for (Row count : counts) {
            int version = count.getInteger("key_version");
            entries.put(version, entry(version, count.getLong("members")));
        }
        return new JsonObject()
                .put("current", cipher.current())
                .put("keys", new JsonArray(entries.values().stream().toList()));
    }

    private JsonObject entry(int version, long members) {
        return new JsonObject()
                .put("version", version)
                .put("configured", cipher.versions().contains(version))
                .put("members", members);
    }
}
