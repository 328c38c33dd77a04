package dev.sendex.webhook.endpoints;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecords;
import dev.sendex.common.audit.Target;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.outbox.OutboxMessage;
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

/// Tells the audit log of changed endpoints and of secrets that were read, inside the transaction
/// of the change.
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

    /// An endpoint as the audit log shows it.
    ///
    /// @param endpoint where it is, and a fingerprint of the whole URL: some carry a secret in
    ///   their path or query, and the log is read by more people than the endpoint is
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

    /// Tells of an edit, unless it left everything as it was.
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
        OutboxMessage message =
                records.message(
                        records.of(
                                endpoint.accountId(),
                                Actor.of(caller.get()),
                                action,
                                new Target("webhook", endpoint.id()),
                                before,
                                after));
        return message.addTo(transaction);
    }

    /// Tells of an endpoint that was disabled because of how it behaves.
    ///
    /// @param reason for people
    public Uni<Void> disabled(
            SqlConnection transaction, UUID accountId, UUID endpointId, String reason) {
        OutboxMessage message =
                records.message(
                        records.of(
                                accountId,
                                Actor.system(),
                                "webhook.disabled",
                                new Target("webhook", endpointId),
                                Map.of("status", "enabled"),
                                Map.of("status", "disabled", "reason", reason)));
        return message.addTo(transaction);
    }

    /// Says that a transaction has committed. Returns at once.
    void wake() {
        outbox.wake();
    }
}
