package dev.sendex.key.introspection;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestResponse;

/// RFC 7662. Open to everyone as far as keys and sessions go: its callers are services, which prove
/// themselves as OAuth 2.0 clients. Takes any body, so that a wrong one is refused in the words
/// that those clients understand.
@Path("/oauth2/introspect")
class IntrospectionResource {

    private final IntrospectionAnswers answers;

    IntrospectionResource(IntrospectionAnswers answers) {
        this.answers = answers;
    }

    @POST
    @PermitAll
    public Uni<RestResponse<byte[]>> introspect(@Context HttpServerRequest request, byte[] body) {
        return answers.answer(request.headers(), body);
    }
}
