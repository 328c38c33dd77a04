package dev.sendex.common.problem;

import dev.sendex.common.runtime.Ids;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Gives every request an id of ours, answers it in `X-Request-Id` and puts it into the log's MDC.
/// An id that the caller sent is not taken over: two requests must never share one.
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

    /// The id of this request; absent only before the filter ran.
    static @Nullable String of(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }
}
