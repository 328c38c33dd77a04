package dev.sendex.key.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serves the dashboard's single page for each of its URLs. Quinoa's own SPA routing comes too
/// late: the endpoints answer with 404 first.
@ApplicationScoped
class DashboardPages {

    private static final int BEFORE_ENDPOINTS = 0;
    private static final String PAGE = "/";
    private static final List<String> OF_THE_API =
            List.of("/v1", "/oauth2", "/.well-known", "/openapi", "/q");

    void register(@Observes Router router) {
        router.get().order(BEFORE_ENDPOINTS).handler(DashboardPages::route);
    }

    private static void route(RoutingContext request) {
        if (isPage(request.normalizedPath(), request.request().getHeader(HttpHeaders.ACCEPT))) {
            request.reroute(PAGE);
        } else {
            request.next();
        }
    }

    /// Whether a browser requests a page. Other clients with a wrong URL still get a problem
    /// document, and missing files stay 404.
    static boolean isPage(String path, @Nullable String accept) {
        return accept != null
                && accept.contains("text/html")
                && !path.equals(PAGE)
                && path.indexOf('.', path.lastIndexOf('/')) < 0
                && OF_THE_API.stream().noneMatch(prefix -> isUnder(prefix, path));
    }

    private static boolean isUnder(String prefix, String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
