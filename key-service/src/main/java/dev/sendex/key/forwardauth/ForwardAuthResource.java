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

/// Asked by reverse proxies. Judges the key by itself: address and endpoint are those of the
/// request that the proxy received, not of its question.
@Path(ForwardAuthResource.PATH)
class ForwardAuthResource {

    static final String PATH = "/oauth2/forward-auth";

    private final ForwardAuth auth;

    ForwardAuthResource(ForwardAuth auth) {
        this.auth = auth;
    }

    @GET
    @PermitAll
    public Uni<RestResponse<Void>> judge(
            @Context RoutingContext request, @RestQuery List<String> scope) {
        return auth.judge(request, scope);
    }
}
