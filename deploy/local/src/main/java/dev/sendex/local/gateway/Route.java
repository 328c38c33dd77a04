package dev.sendex.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request goes: a service, and the path that it is asked for there.
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

    /// Introspection and management are for services and operators, whichever way they are spelt.
    private static final List<String> NEVER =
            List.of(
                    "/oauth2",
                    "/q",
                    "/ingest",
                    "/openapi",
                    "/.well-known/oauth-authorization-server");

    /// The route of a path at a host. One called `api` serves the API at its root: some SDKs keep
    /// only the host of a base URL.
    static @Nullable Route find(@Nullable String host, String path) {
        boolean isOfApi =
                host != null && host.regionMatches(true, 0, API_HOST, 0, API_HOST.length());
        boolean isBelow = path.startsWith("/") && !isUnder(List.of(API), path);
        return find(isOfApi && isBelow ? API + path : path);
    }

    /// The route of a path as it stands in the request line, or nothing where nobody may go.
    static @Nullable Route find(String path) {
        if (path.startsWith("/openapi/")) {
            Service service = Service.find(path.substring("/openapi/".length()));
            return service == null ? null : new Route(service, "/openapi");
        }
        @Nullable String plain = plain(path);
        if (plain == null) {
            return null;
        }
        @Nullable Service service = service(plain);
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
        return isUnder(NEVER, path) ? null : Service.KEY_SERVICE;
    }

    /// The path as a service may read it: decoded, without matrix parameters; nothing if it has
    /// empty or dot segments, with which it could be read in two ways.
    private static @Nullable String plain(String path) {
        String decoded;
        try {
            decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
        String plain = decoded.replaceAll(";[^/]*", "");
        boolean ambiguous = (plain + "/").matches("(?s).*(//|/\\.{1,2}/|[\\\\%\\x00-\\x1f]).*");
        return ambiguous && !plain.equals("/") ? null : plain;
    }

    private static boolean isUnder(List<String> prefixes, String path) {
        return prefixes.stream()
                .anyMatch(prefix -> path.equals(prefix) || path.startsWith(prefix + "/"));
    }
}
