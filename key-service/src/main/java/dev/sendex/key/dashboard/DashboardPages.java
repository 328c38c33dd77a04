package dev.sendex.key.dashboard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers every address of the dashboard with its one page, which then shows what the address
/// says. Quinoa's own way comes after the endpoints, whose 404 leaves it nothing to do.
@ApplicationScoped
class DashboardPages {

    private static final int BEFORE_THE_ENDPOINTS = 0;
    private static final String PAGE = "/";
    private static final List<String> OF_THE_API =
            List.of("/v1", "/oauth2", "/.well-known", "/openapi", "/q");

    void register(@Observes Router router) {
        router.get().order(BEFORE_THE_ENDPOINTS).handler(DashboardPages::route);
    }

    private static void route(RoutingContext request) {
        if (isPage(request.normalizedPath(), request.request().getHeader(HttpHeaders.ACCEPT))) {
            request.reroute(PAGE);
        } else {
            request.next();
        }
    }

    /// Whether a browser asks for a page: programs that mistake an address still get a problem
    /// document, and a missing file is missing.
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
