package dev.sendex.webhook.endpoints;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.audit.AuditRecords;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.outbox.OutboxRelay;
import dev.sendex.webhook.signing.SecretCipher;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes audit records of changes to endpoints and of secrets that were read, in the same
/// transaction.
@ApplicationScoped
public class EndpointAudit {

    private final AuditRecords records;
    private final OutboxRelay outbox;
    private final CurrentCaller caller;
    private final SecretCipher cipher;

    EndpointAudit(
            AuditRecords records, OutboxRelay outbox, CurrentCaller caller, SecretCipher cipher) {
        this.records = records;
        this.outbox = outbox;
        this.caller = caller;
        this.cipher = cipher;
    }

    /// An endpoint in the audit log.
    ///
    /// @param endpoint the origin of the URL and a fingerprint of the whole URL; its path and query
    ///   may contain a secret, which readers of the audit log must not see
    @RegisterForReflection
    record EndpointSnapshot(String endpoint, List<String> events, String status) {}

    private EndpointSnapshot snapshotOf(Endpoint endpoint) {
        String where =
                EndpointUrl.origin(endpoint.url()) + "/…#" + cipher.fingerprint(endpoint.url());
        return new EndpointSnapshot(where, endpoint.eventTypes(), endpoint.status());
    }

    Uni<Void> created(SqlConnection transaction, Endpoint endpoint) {
        return record(transaction, endpoint, "webhook.created", null, snapshotOf(endpoint));
    }

    /// Records a change, unless nothing changed.
    Uni<Void> changed(SqlConnection transaction, Endpoint old, Endpoint endpoint) {
        EndpointSnapshot before = snapshotOf(old);
        EndpointSnapshot after = snapshotOf(endpoint);
        return before.equals(after)
                ? Uni.createFrom().voidItem()
                : record(transaction, endpoint, action(before, after), before, after);
    }

    private static String action(EndpointSnapshot before, EndpointSnapshot after) {
        return before.status().equals(after.status())
                ? "webhook.updated"
                : "webhook." + after.status();
    }

    Uni<Void> removed(SqlConnection transaction, Endpoint endpoint) {
        return record(transaction, endpoint, "webhook.removed", snapshotOf(endpoint), null);
    }

    Uni<Void> secretRead(SqlConnection transaction, Endpoint endpoint) {
        return record(transaction, endpoint, "webhook.secret_read", null, null);
    }

    private Uni<Void> record(
            SqlConnection transaction,
            Endpoint endpoint,
            String action,
            @Nullable EndpointSnapshot before,
            @Nullable EndpointSnapshot after) {
        return records.add(
                transaction,
                records.of(
                        endpoint.accountId(),
                        Actor.of(caller.get()),
                        action,
                        new Target("webhook", endpoint.id()),
                        before,
                        after));
    }

    /// Records that an endpoint was disabled because it failed or answered 410.
    ///
    /// @param reason a sentence for the audit log
    public Uni<Void> disabled(
            SqlConnection transaction, UUID accountId, UUID endpointId, String reason) {
        return records.add(
                transaction,
                records.of(
                        accountId,
                        Actor.system(),
                        "webhook.disabled",
                        new Target("webhook", endpointId),
                        Map.of("status", "enabled"),
                        Map.of("status", "disabled", "reason", reason)));
    }

    /// To be called after the commit, to publish the records at once.
    void wake() {
        outbox.wake();
    }
}
