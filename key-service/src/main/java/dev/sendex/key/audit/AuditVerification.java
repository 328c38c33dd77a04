package dev.sendex.key.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The result of verifying an account's chain.
///
/// @param object always `audit_verification`
/// @param events how many events are intact, from the first on
/// @param head the hash of the last intact event; store it elsewhere to detect a replaced chain
/// @param broken the first event that is not intact
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record AuditVerification(
        String object, boolean valid, long events, String head, @Nullable Broken broken) {

    /// The first mismatch of a chain.
    ///
    /// @param id null if the event is missing
    @RegisterForReflection
    record Broken(long sequence, @Nullable UUID id, String reason) {}
}
