package dev.sendex.common.introspection;

import java.time.Duration;

/// What a presented token turned out to be.
public sealed interface Introspection {

    /// A key that is valid now.
    record Active(KeyGrant grant) implements Introspection {}

    /// Unknown, expired or revoked; callers are not told which.
    record Inactive() implements Introspection {}

    /// Nobody can tell at present. Neither a pass nor a refusal: the caller should come back.
    ///
    /// @param retryAfter when to come back
    record Unavailable(Duration retryAfter) implements Introspection {}
}
