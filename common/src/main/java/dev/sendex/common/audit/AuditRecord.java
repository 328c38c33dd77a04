package dev.sendex.common.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A change, as it is sent to the audit log. Apart from `before` and `after`, it contains nothing
/// that would have to be escaped in JSON.
///
/// A member that the reader does not know makes the record invalid, since a part of a change must
/// not be logged as the whole. So key-service must be the first to support a new one.
///
/// @param id the same if the change is sent again
/// @param occurredAt by the clock of the service where it happened
/// @param action `<thing>.<past participle>`, for example `domain.created`
/// @param ip the client's address; null if there was none
/// @param before the state before the change: a JSON object without secrets, or null
/// @param after the state after the change, likewise
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
            throw new IllegalArgumentException("the action is missing or malformed");
        }
        if (!actor.isValid()) {
            throw new IllegalArgumentException("the actor is missing or malformed");
        }
        if (ip != null && !IP.matcher(ip).matches()) {
            throw new IllegalArgumentException("the IP address is malformed");
        }
        Objects.requireNonNull(target.id(), "target");
        if (!target.isValid()) {
            throw new IllegalArgumentException("the target is missing or malformed");
        }
        before = object(before);
        after = object(after);
    }

    private static @Nullable JsonNode object(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw new IllegalArgumentException("`before` and `after` must be objects");
        }
        return value;
    }

    /// The object that was changed.
    ///
    /// @param type for example `api_key`, as in the action's name
    @RegisterForReflection
    public record Target(@JsonProperty("type") String type, @JsonProperty("id") UUID id) {

        private static final Pattern TYPE = Pattern.compile("[a-z][a-z_]{0,30}");

        boolean isValid() {
            return TYPE.matcher(type).matches();
        }
    }
}
