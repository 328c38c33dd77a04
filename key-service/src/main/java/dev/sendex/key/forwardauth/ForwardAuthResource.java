package dev.sendex.key.forwardauth;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/// The endpoint for reverse proxies. It authenticates keys itself rather than by the common filter,
/// because the address and endpoint to check are those of the original request.
@Path(ForwardAuthResource.PATH)
class ForwardAuthResource {

    static final String PATH = "/oauth2/forward-auth";

    private final ForwardAuth auth;

    ForwardAuthResource(ForwardAuth auth) {
        this.auth = auth;
    }

    @GET
    @PermitAll
    public Uni<RestResponse<Void>> authorize(
            @Context RoutingContext request, @RestQuery List<String> scope) {
        return auth.authorize(request, scope);
    }
}
