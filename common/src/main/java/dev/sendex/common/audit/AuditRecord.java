package dev.sendex.common.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A change, as it is told to the audit log. Whoever keeps it may rely on there being nothing in
/// it, besides `before` and `after`, that would have to be escaped in JSON.
///
/// A member that the reader does not know makes the record illegible: half of what happened must
/// not pass for all of it. So key-service is the first to learn of a new one.
///
/// @param id the same whenever the same change is told again
/// @param occurredAt when it happened, where it happened
/// @param action `<thing>.<past participle>`, for example `domain.created`
/// @param ip the address that the request came from; null where there was none
/// @param before what was changed, as it was: a JSON object without secrets, or null
/// @param after what it became, likewise
@RegisterForReflection
public record AuditRecord(
        @JsonProperty("id") UUID id,
        @JsonProperty("account_id") UUID accountId,
        @JsonProperty("occurred_at") Instant occurredAt,
        @JsonProperty("action") String action,
        @JsonProperty("actor") Actor actor,
        @JsonProperty("ip") @Nullable String ip,
        @JsonProperty("target") Target target,
        @JsonProperty("before") @Nullable JsonNode before,
        @JsonProperty("after") @Nullable JsonNode after) {

    private static final Pattern ACTION = Pattern.compile("[a-z_]{1,31}\\.[a-z_]{1,32}");
    private static final Pattern IP = Pattern.compile("[0-9a-f:.]{2,45}");

    public AuditRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(accountId, "account_id");
        Objects.requireNonNull(occurredAt, "occurred_at");
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("there is no action");
        }
        if (!actor.isValid()) {
            throw new IllegalArgumentException("there is no actor");
        }
        if (ip != null && !IP.matcher(ip).matches()) {
            throw new IllegalArgumentException("its address is none");
        }
        Objects.requireNonNull(target.id(), "target");
        if (!target.isValid()) {
            throw new IllegalArgumentException("there is no target");
        }
        before = object(before);
        after = object(after);
    }

    private static @Nullable JsonNode object(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException("what was or became is no object");
        }
        return value;
    }
}
