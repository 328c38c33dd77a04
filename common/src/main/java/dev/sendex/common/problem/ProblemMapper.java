package dev.sendex.common.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ValidationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Converts exceptions of endpoints into problem documents. Quarkus has more specific mappers that
/// would win over one for `Throwable`, so all types are listed.
class ProblemMapper {

    @ServerExceptionMapper({
        Throwable.class,
        ProblemException.class,
        ValidationException.class,
        MismatchedInputException.class,
        WebApplicationException.class
    })
    public Response map(Throwable failure, RoutingContext request) {
        return ProblemWriter.response(Problems.of(failure), request);
    }
}
