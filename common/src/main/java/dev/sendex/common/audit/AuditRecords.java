package dev.sendex.common.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.common.outbox.OutboxMessage;
import dev.sendex.common.runtime.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates audit records.
@ApplicationScoped
public class AuditRecords {

    private final CurrentClient client;
    private final ObjectMapper json;
    private final Ids ids;
    private final Clock clock;

    AuditRecords(CurrentClient client, ObjectMapper json, Ids ids, Clock clock) {
        this.client = client;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /// A record of a change that is made now, with the address of the current request's client.
    ///
    /// @param action `<thing>.<past participle>`, for example `domain.created`
    /// @param before the state before the change, without secrets, or null
    /// @param after the state after the change, likewise
    public AuditRecord of(
            UUID accountId,
            Actor actor,
            String action,
            Target target,
            @Nullable Object before,
            @Nullable Object after) {
        return new AuditRecord(
                ids.next(),
                accountId,
                clock.instant(),
                action,
                actor,
                client.addressText(),
                target,
                tree(before),
                tree(after));
    }

    private @Nullable JsonNode tree(@Nullable Object value) {
        return value == null ? null : json.valueToTree(value);
    }

    /// Sends the record to the audit log, in the transaction of the change.
    public Uni<Void> add(SqlConnection transaction, AuditRecord record) {
        return new OutboxMessage(Topics.AUDIT, record.accountId().toString(), write(record))
                .addTo(transaction);
    }

    private String write(AuditRecord record) {
        try {
            return json.writeValueAsString(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
