package dev.sendex.common.identity;

import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.problem.ProblemWriter;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Converts failed security checks into problem documents.
class RefusalMapper {

    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        ForbiddenException.class
    })
    public Response map(SecurityException refusal, RoutingContext request) {
        return ProblemWriter.response(problem(refusal, request), request);
    }

    private static ProblemException problem(SecurityException refusal, RoutingContext request) {
        return switch (refusal) {
            case ForbiddenException _ ->
                    Challenges.missingPermissions(MissingPermissions.of(request).names());
            case AuthenticationFailedException _ -> Challenges.invalidKey();
            default -> Challenges.missingCredentials();
        };
    }
}
