package dev.sendex.common.introspection;

import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;

/// Tells what a presented token is worth.
public interface TokenIntrospector {

    /// Never fails: not being able to tell is an answer, [Introspection.Unavailable]. Arrives on
    /// the caller's Vert.x context.
    Uni<Introspection> introspect(ApiKeyToken token);
}
