package dev.sendex.common.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns whatever an endpoint throws into a problem document. The framework has mappers of its own
/// that would win over one for `Throwable`, hence the list.
class ProblemMapper {

    @ServerExceptionMapper({
        Throwable.class,
        ProblemException.class,
        ValidationException.class,
        MismatchedInputException.class,
        WebApplicationException.class
    })
    public Response map(Throwable failure, RoutingContext request) {
        return ProblemDocument.response(Problems.of(failure), request);
    }
}
