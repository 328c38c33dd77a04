package dev.sendex.key.leaks;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What became of a match, in the form that GitHub learns from. The token goes back to where it
/// came from and nowhere else.
///
/// @param label `true_positive` where it was the token of a key, `false_positive` otherwise
@RegisterForReflection
record ScanResult(
        @JsonProperty("token_raw") String token,
        @JsonProperty("token_type") @Nullable String type,
        String label) {

    @Override
    public String toString() {
        return "ScanResult[" + label + "]";
    }
}
