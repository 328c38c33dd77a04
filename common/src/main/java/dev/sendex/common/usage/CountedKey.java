package dev.sendex.common.usage;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.KeyGrant;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/// The key for which a request is counted: the caller's, unless an endpoint authenticates keys
/// itself and sets another one.
public final class CountedKey {

    private static final String ATTRIBUTE = CountedKey.class.getName();

    private CountedKey() {}

    /// Sets the key for which this request is counted.
    public static void set(RoutingContext request, KeyGrant key) {
        request.put(ATTRIBUTE, key);
    }

    static @Nullable KeyGrant of(RoutingContext request) {
        return CurrentCaller.of(request) instanceof KeyCaller caller
                ? caller.grant()
                : request.get(ATTRIBUTE);
    }
}
