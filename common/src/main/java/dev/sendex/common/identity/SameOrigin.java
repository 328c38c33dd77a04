package dev.sendex.common.identity;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps other sites from using a person's cookies: a request that may change something counts only
/// when the browser says that one of our own pages makes it. `SameSite=Strict` does most of that
/// already; this does not depend on it, nor on sub-domains being trusted.
public final class SameOrigin {

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    /// Whether cookies of this request count: `Sec-Fetch-Site` or `Origin` is there, and each that
    /// is says that one of our own pages asks. No page can forge either; `Origin` names the host
    /// that the request went to, which proxies have to pass on as it is.
    public static boolean allows(HttpServerRequest request) {
        if (SAFE.contains(request.method())) {
            return true;
        }
        List<String> sites = request.headers().getAll("Sec-Fetch-Site");
        List<String> origins = request.headers().getAll("Origin");
        return !(sites.isEmpty() && origins.isEmpty())
                && (sites.isEmpty() || sites.equals(List.of("same-origin")))
                && (origins.isEmpty() || areOurs(origins, request.authority()));
    }

    /// Refuses what a browser says that another site's page makes, for calls that set or end a
    /// session without one before: signing somebody in as somebody else is an attack, too.
    /// Programs, which say nothing of this, pass.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden`
    public static void refuseForeign(HttpServerRequest request) {
        boolean fromBrowser =
                request.headers().contains("Sec-Fetch-Site")
                        || request.headers().contains("Origin");
        if (fromBrowser && !allows(request)) {
            throw Challenges.foreignOrigin();
        }
    }

    private static boolean areOurs(List<String> origins, @Nullable HostAndPort authority) {
        return origins.size() == 1 && isOurs(origins.getFirst(), authority);
    }

    private static boolean isOurs(String origin, @Nullable HostAndPort authority) {
        try {
            URI uri = URI.create(origin);
            return authority != null
                    && authority.host().equalsIgnoreCase(uri.getHost())
                    && port(authority.port(), uri) == port(uri.getPort(), uri);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static int port(int explicit, URI origin) {
        if (explicit > 0) {
            return explicit;
        }
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }
}
