package dev.sendex.common.problem;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Problem documents for requests that never reach an endpoint, because the HTTP layer refuses
/// them.
@ApplicationScoped
class ProblemRoutes {

    private static final int BEFORE_OTHER_FILTERS = 9_500;
    private static final int BEFORE_QUARKUS_LOGS = -20_000;
    private static final int[] HTTP_LAYER_STATUSES = {400, 404, 405, 413, 414, 415, 431, 500};

    private final ProblemWriter writer;

    ProblemRoutes(ProblemWriter writer) {
        this.writer = writer;
    }

    void register(@Observes Filters filters) {
        filters.register(AcceptHeader::removeUnreadable, BEFORE_OTHER_FILTERS);
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_QUARKUS_LOGS).failureHandler(this::refuseHost);
        for (int status : HTTP_LAYER_STATUSES) {
            router.errorHandler(status, request -> writer.write(request, problem(request, status)));
        }
    }

    /// The router refuses a request with no host or several before any filter runs. Quarkus would
    /// log that as an error of this service.
    private void refuseHost(RoutingContext request) {
        if (request.statusCode() == 400 && request.failure() instanceof VertxException) {
            writer.write(request, MALFORMED_REQUEST.because("Send one valid Host header."));
        } else {
            request.next();
        }
    }

    private static ProblemException problem(RoutingContext request, int status) {
        Throwable failure = request.failure();
        return failure == null ? Problems.ofStatus(status) : Problems.of(failure);
    }
}
