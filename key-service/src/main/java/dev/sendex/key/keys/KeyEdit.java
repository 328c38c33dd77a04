package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.key.keys.spec.IssueKey;
import dev.sendex.key.keys.spec.KeySpec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Applies an edit: a member that is present replaces the current value, `null` removes it, and an
/// absent member stays unchanged. The result must satisfy the same rules as a new key.
@ApplicationScoped
class KeyEdit {

    private static final String EXPIRES_AT = "expires_at";
    private static final Set<String> EDITABLE =
            Set.of(
                    "name",
                    "permissions",
                    "allowed_domains",
                    "allowed_ips",
                    "allowed_endpoints",
                    "rate_limit",
                    "sending_limit",
                    EXPIRES_AT);
    private static final Set<String> FIXED = Set.of("type", "environment", "token", "id");

    private final ObjectMapper json;

    KeyEdit(ObjectMapper json) {
        this.json = json;
    }

    /// The key after the edit.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if the result is not a valid key
    KeySpec apply(ApiKey key, ObjectNode edit, Instant now) {
        edit.fieldNames().forEachRemaining(KeyEdit::refuseUnlessEditable);
        ObjectNode document = json.valueToTree(KeyView.KeyTerms.of(key));
        document.put("type", key.type);
        document.put("environment", key.environment);
        // An expiry in the past is refused only if the edit sets it.
        document.remove(EXPIRES_AT);
        if (key.isFullAccess()) {
            document.remove("permissions");
        }
        for (Map.Entry<String, JsonNode> member : edit.properties()) {
            document.set(member.getKey(), member.getValue());
        }
        KeySpec edited = read(document).spec(key.spec().environment(), now);
        return edit.has(EXPIRES_AT) ? edited : edited.expiringAt(key.expiresAt);
    }

    private static void refuseUnlessEditable(String member) {
        if (FIXED.contains(member)) {
            throw VALIDATION_ERROR.on(member, "cannot be changed; create a new key");
        }
        if (!EDITABLE.contains(member)) {
            throw VALIDATION_ERROR.on(member, "is not a member of this request; remove it");
        }
    }

    private IssueKey read(ObjectNode document) {
        try {
            return Objects.requireNonNull(json.treeToValue(document, IssueKey.class));
        } catch (JsonProcessingException wrongType) {
            throw new WebApplicationException(wrongType, Status.BAD_REQUEST);
        }
    }
}
