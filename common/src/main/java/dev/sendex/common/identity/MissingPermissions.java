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
        MissingPermissions existing = request.get(ATTRIBUTE);
        if (existing != null) {
            return existing;
        }
        MissingPermissions created = new MissingPermissions();
        request.put(ATTRIBUTE, created);
        return created;
    }

    void add(List<String> missing) {
        names.addAll(missing);
    }

    List<String> names() {
        return List.copyOf(names);
    }
}
