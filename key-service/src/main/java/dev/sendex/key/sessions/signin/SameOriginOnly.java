package dev.sendex.key.sessions.signin;

import dev.sendex.common.identity.SameOrigin;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Marks endpoints that pages of other sites must not call from a browser, with or without a
/// session.
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface SameOriginOnly {

    /// Applies [SameOrigin] to every request to such an endpoint.
    class Filter {

        @ServerRequestFilter
        @SameOriginOnly
        public void refuseOtherSites(RoutingContext request) {
            SameOrigin.refuseOtherSites(request.request());
        }
    }
}
