package dev.sendex.common.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// A request without a body needs no Content-Type. Without this filter, endpoints with an optional
/// body would refuse such requests.
@ApplicationScoped
class EmptyBodies {

    private static final int BEFORE_ROUTING = 100;

    void register(@Observes Filters filters) {
        filters.register(EmptyBodies::complete, BEFORE_ROUTING);
    }

    private static void complete(RoutingContext context) {
        HttpServerRequest request = context.request();
        MultiMap headers = request.headers();
        if (!headers.contains("Content-Type")
                && !JsonBodies.hasBody(headers)
                && !JsonBodies.isPostWithCookie(request)) {
            headers.set("Content-Type", "application/json");
        }
        context.next();
    }
}
