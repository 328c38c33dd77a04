package dev.sendex.key.leaks;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// A match of GitHub's secret scanning. GitHub may add members.
///
/// @param type the name under which the token format is registered
/// @param url where it was found; may be empty
/// @param source the kind of place, for example `content` or `commit`
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record GitHubMatch(
        @Nullable String token,
        @Nullable String type,
        @Nullable String url,
        @Nullable String source) {

    @Override
    public String toString() {
        return "GitHubMatch[hidden]";
    }
}
