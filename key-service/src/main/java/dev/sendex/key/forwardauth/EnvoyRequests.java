package dev.sendex.key.forwardauth;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Envoy sends its check with the original method and appends the original path and query to ours.
/// This filter converts it into the form that other proxies use.
@ApplicationScoped
class EnvoyRequests {

    private static final int BEFORE_ROUTING = 100;

    void register(@Observes Filters filters) {
        filters.register(this::translate, BEFORE_ROUTING);
    }

    private void translate(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.uri().startsWith(ForwardAuthResource.PATH + "/")) {
            context.next();
            return;
        }
        String original = request.uri().substring(ForwardAuthResource.PATH.length());
        MultiMap headers = request.headers();
        headers.add("X-Forwarded-Method", request.method().name());
        headers.add("X-Forwarded-Uri", original);
        context.reroute(HttpMethod.GET, ForwardAuthResource.PATH);
    }
}
