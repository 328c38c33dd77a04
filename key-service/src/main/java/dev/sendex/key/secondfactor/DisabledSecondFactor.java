package dev.sendex.key.secondfactor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The answer where a member's second factor was turned off.
///
/// @param id the member's
@RegisterForReflection
record DisabledSecondFactor(String object, UUID id, boolean deleted) {

    DisabledSecondFactor(UUID memberId) {
        this("second_factor", memberId, true);
    }
}
