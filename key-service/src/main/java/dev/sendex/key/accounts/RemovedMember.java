package dev.sendex.key.accounts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer where a member was removed.
///
/// @param keysRevoked how many of their keys that ended
/// @param keysHandedOver how many of their keys are another member's now
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record RemovedMember(String object, UUID id, boolean deleted, int keysRevoked, int keysHandedOver) {

    static RemovedMember withKeysRevoked(UUID id, int keys) {
        return new RemovedMember("member", id, true, keys, 0);
    }

    static RemovedMember withKeysHandedOver(UUID id, int keys) {
        return new RemovedMember("member", id, true, 0, keys);
    }
}
