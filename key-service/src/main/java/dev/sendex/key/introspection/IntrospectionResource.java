package dev.sendex.key.introspection;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// RFC 7662. Open to everyone as far as keys and sessions go: its callers are services, which prove
/// themselves as OAuth 2.0 clients.
@Path("/oauth2/introspect")
class IntrospectionResource {

    private final IntrospectionAnswers answers;

    IntrospectionResource(IntrospectionAnswers answers) {
        this.answers = answers;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<Map<String, Object>>> introspect(
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            @RestForm @Nullable String token) {
        return answers.answer(authorization, token);
    }
}
