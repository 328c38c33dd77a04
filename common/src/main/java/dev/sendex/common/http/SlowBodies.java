package dev.sendex.common.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Limits how long the body of a request may take to arrive, since it occupies memory meanwhile.
/// The idle timeout only limits the time between two bytes. The connection is closed without a
/// response, like idle ones.
@ApplicationScoped
class SlowBodies {

    private static final int BEFORE_READING_BODY = 8_950;

    private final Duration timeout;

    SlowBodies(
            @ConfigProperty(name = "sendex.http.body-timeout", defaultValue = "60s")
                    Duration timeout) {
        this.timeout = timeout;
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_READING_BODY);
    }

    private void watch(RoutingContext request) {
        if (JsonBodies.hasBody(request.request().headers())) {
            long timer =
                    request.vertx()
                            .setTimer(
                                    timeout.toMillis(), _ -> closeIfIncomplete(request.request()));
            request.addEndHandler(_ -> cancelIfComplete(request, timer));
        }
        request.next();
    }

    /// A response may be sent before the end of the body, the rest of which is still read.
    private static void cancelIfComplete(RoutingContext request, long timer) {
        if (request.request().isEnded()) {
            request.vertx().cancelTimer(timer);
        }
    }

    private static void closeIfIncomplete(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.connection().close();
        }
    }
}
