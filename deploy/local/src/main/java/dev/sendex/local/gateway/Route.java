package dev.sendex.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The target of a request: a service, and the path at that service.
record Route(Service service, String path) {

    private static final String API = "/v1";
    private static final String API_HOST = "api.";
    private static final List<String> KEY_SERVICE =
            List.of(
                    "/v1/auth",
                    "/v1/account",
                    "/v1/sessions",
                    "/v1/members",
                    "/v1/invitations",
                    "/v1/api-keys",
                    "/v1/permissions",
                    "/v1/audit-events",
                    "/.well-known/jwks.json");
    private static final List<String> WEBHOOK_SERVICE =
            List.of("/v1/webhooks", "/v1/webhook-event-types", "/ingest/sns");

    /// Introspection and management are internal, in every spelling of the path.
    private static final List<String> INTERNAL =
            List.of(
                    "/oauth2",
                    "/q",
                    "/ingest",
                    "/openapi",
                    "/.well-known/oauth-authorization-server",
                    "/.well-known/openid-configuration");

    /// The route of a path at a host. Hosts that start with `api.` serve the API at their root,
    /// since some SDKs use only the host of a base URL.
    static @Nullable Route find(@Nullable String host, String path) {
        boolean isOfApi =
                host != null && host.regionMatches(true, 0, API_HOST, 0, API_HOST.length());
        boolean isBelow = path.startsWith("/") && !isUnder(List.of(API), path);
        return find(isOfApi && isBelow ? API + path : path);
    }

    /// The route of a path as in the request line, or null if it is not public.
    static @Nullable Route find(String path) {
        if (path.startsWith("/openapi/")) {
            Service service = Service.find(path.substring("/openapi/".length()));
            return service == null ? null : new Route(service, "/openapi");
        }
        @Nullable String normalized = normalized(path);
        if (normalized == null) {
            return null;
        }
        @Nullable Service service = service(normalized);
        return service == null ? null : new Route(service, path);
    }

    private static @Nullable Service service(String path) {
        if (isUnder(KEY_SERVICE, path)) {
            return Service.KEY_SERVICE;
        }
        if (isUnder(WEBHOOK_SERVICE, path)) {
            return Service.WEBHOOK_SERVICE;
        }
        if (isUnder(List.of(API), path)) {
            return Service.SEND_SERVICE;
        }
        return isUnder(INTERNAL, path) ? null : Service.KEY_SERVICE;
    }

    /// The path as a service may interpret it: decoded, without matrix parameters. Null if it has
    /// empty or dot segments, which make it ambiguous.
    private static @Nullable String normalized(String path) {
        String decoded;
        try {
            decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
        String normalized = decoded.replaceAll(";[^/]*", "");
        boolean ambiguous =
                (normalized + "/").matches("(?s).*(//|/\\.{1,2}/|[\\\\%\\x00-\\x1f]).*");
        return ambiguous && !normalized.equals("/") ? null : normalized;
    }

    private static boolean isUnder(List<String> prefixes, String path) {
        return prefixes.stream()
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}
