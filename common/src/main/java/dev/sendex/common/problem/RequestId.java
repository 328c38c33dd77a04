package dev.sendex.common.problem;

import dev.sendex.common.runtime.Ids;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Assigns an id to every request, returns it in `X-Request-Id` and adds it to the log's MDC. Ids
/// from clients are ignored, since two requests must never have the same.
@ApplicationScoped
class RequestId {

    private static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "request_id";
    private static final int BEFORE_EVERYTHING = 10_000;

    private final Ids ids;

    RequestId(Ids ids) {
        this.ids = ids;
    }

    void register(@Observes Filters filters) {
        filters.register(this::assign, BEFORE_EVERYTHING);
    }

    private void assign(RoutingContext request) {
        String id = ids.next().toString();
        request.put(ATTRIBUTE, id);
        request.response().putHeader(HEADER, id);
        MDC.put(ATTRIBUTE, id);
        request.next();
    }

    /// The id of this request; null only before this filter has run.
    static @Nullable String of(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }
}
