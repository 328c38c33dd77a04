package dev.sendex.key.leaks;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// The result of a match, in GitHub's feedback format. The token is returned only to GitHub, which
/// sent it.
///
/// @param label `true_positive` if it was the token of a key, otherwise `false_positive`
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
