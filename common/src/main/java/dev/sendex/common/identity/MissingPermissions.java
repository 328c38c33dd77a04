package dev.sendex.common.identity;

import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The permissions that a request lacked, for its error response.
final class MissingPermissions {

    private static final String ATTRIBUTE = MissingPermissions.class.getName();

    private final Set<String> names = new LinkedHashSet<>();

    private MissingPermissions() {}

    static MissingPermissions of(RoutingContext request) {
        MissingPermissions known = request.get(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        MissingPermissions fresh = new MissingPermissions();
        request.put(ATTRIBUTE, fresh);
        return fresh;
    }

    void add(List<String> missing) {
        names.addAll(missing);
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
