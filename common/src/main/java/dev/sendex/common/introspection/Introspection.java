package dev.sendex.common.introspection;

import java.time.Duration;

/// The result of introspecting a token.
public sealed interface Introspection {

    /// The token belongs to a valid key.
    record Active(KeyGrant grant) implements Introspection {}

    /// Unknown, expired or revoked. Callers do not learn which.
    record Inactive() implements Introspection {}

    /// Cannot be determined at present. The request is neither accepted nor refused; the caller
    /// should retry.
    ///
    /// @param retryAfter the delay before the retry
    record Unavailable(Duration retryAfter) implements Introspection {}
}
