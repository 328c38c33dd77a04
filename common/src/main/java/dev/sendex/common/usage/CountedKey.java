package dev.sendex.common.usage;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.identity.KeyCaller;
import dev.sendex.common.introspection.KeyGrant;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The key that a request counts for: the caller's, unless an endpoint judges keys by itself and
/// says which it was.
public final class CountedKey {

    private static final String ATTRIBUTE = CountedKey.class.getName();

    private CountedKey() {}

    /// Says which key this request was made with.
    public static void note(RoutingContext request, KeyGrant key) {
        request.put(ATTRIBUTE, key);
    }

    static @Nullable KeyGrant of(RoutingContext request) {
        return CurrentCaller.of(request) instanceof KeyCaller caller
                ? caller.grant()
                : request.get(ATTRIBUTE);
    }
}
