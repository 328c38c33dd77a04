package dev.sendex.common.identity;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Protects against cross-site requests: a request with a cookie that may change something is
/// accepted only if the browser confirms that one of our own pages sent it. `SameSite=Strict` does
/// most of that already; this does not depend on it, nor on trusting sub-domains.
public final class SameOrigin {

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SameOrigin() {}

    /// Whether cookies of this request are accepted: `Sec-Fetch-Site` or `Origin` is present, and
    /// each that is present names one of our own pages. Pages cannot forge either. `Origin`
    /// contains the host that the request was sent to, which proxies must forward unchanged.
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

    /// Refuses requests that a browser sends for another site's page, for calls that start or end a
    /// session without having one: signing somebody in to another account is an attack as well.
    /// Clients that are not browsers do not send these headers and are accepted.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden`
    public static void refuseOtherSites(HttpServerRequest request) {
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
