package dev.sendex.key.audit;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether an account's chain holds.
///
/// @param object always `audit_verification`
/// @param events how many were found to be right, from the first on
/// @param head the hash of the last of them; keep it, and nobody can make you another chain
/// @param broken the first that is not right
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record AuditVerification(
        String object, boolean valid, long events, String head, @Nullable Broken broken) {

    /// Where a chain breaks.
    ///
    /// @param id null where the event is gone
    @RegisterForReflection
    record Broken(long sequence, @Nullable UUID id, String reason) {}
}
