package dev.sendex.common.introspection;

import dev.sendex.common.token.ApiKeyToken;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Introspects tokens.
public interface TokenIntrospector {

    /// Never fails: if the token cannot be checked, the result is [Introspection.Unavailable]. The
    /// result arrives on the caller's Vert.x context.
    ///
    /// @param client the client's address, null if unknown; only called if the result is not cached
    Uni<Introspection> introspect(ApiKeyToken token, Supplier<@Nullable InetAddress> client);
}
