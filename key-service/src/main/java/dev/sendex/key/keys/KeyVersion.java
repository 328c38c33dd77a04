package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of a key that a change is meant for (`If-Match`, RFC 9110, section 13.1.1).
///
/// @param value null: whatever the version is
record KeyVersion(@Nullable Long value) {

    private static final Pattern TAG = Pattern.compile("\"?(?<version>[0-9]{1,18})\"?");

    /// The version that the header names. Clients may leave the quotes out.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_parameter`
    static KeyVersion of(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
            return new KeyVersion(null);
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw INVALID_PARAMETER.on("If-Match", "must be the key's `version`, or the ETag");
        }
        return new KeyVersion(Long.valueOf(tag.group("version")));
    }

    void refuseOther(long actual) {
        if (value != null && value != actual) {
            throw CONFLICT.because(
                    "The key has changed since you read it: it is at version %d. Read it again."
                            .formatted(actual));
        }
    }
}
