package dev.sendex.common.introspection;

import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells what a presented token is worth.
public interface TokenIntrospector {

    /// Never fails: not being able to tell is an answer, [Introspection.Unavailable]. Arrives on
    /// the caller's Vert.x context.
    ///
    /// @param client finds the address that the token came from, null where that is nowhere; not
    ///   called where the answer is known
    Uni<Introspection> introspect(ApiKeyToken token, Supplier<@Nullable InetAddress> client);
}
