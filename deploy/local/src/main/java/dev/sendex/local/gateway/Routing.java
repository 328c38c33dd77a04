package dev.sendex.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Selects the service of each request, and sets the forwarding headers.
final class Routing implements ProxyInterceptor {

    private static final String CONNECTION = "connection";
    private static final List<String> FORWARDING_HEADERS =
            List.of(
                    "Forwarded",
                    "X-Forwarded-For",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Host",
                    "X-Forwarded-Port",
                    "X-Forwarded-Prefix",
                    "X-Real-IP");

    private final Map<Service, Upstream> upstreams;

    Routing(Map<Service, Upstream> upstreams) {
        this.upstreams = Map.copyOf(upstreams);
    }

    /// The connection that [#handleProxyRequest] opened.
    static Future<HttpClientRequest> connection(ProxyContext context) {
        return Future.succeededFuture(context.get(CONNECTION, HttpClientRequest.class));
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest client = context.request().proxiedRequest();
        @Nullable String path = client.path();
        @Nullable HostAndPort authority = client.authority();
        @Nullable String host = authority == null ? null : authority.host();
        @Nullable Route route = path == null ? null : Route.find(host, path);
        @Nullable Upstream upstream = route == null ? null : upstreams.get(route.service());
        if (route == null || upstream == null) {
            return Future.succeededFuture(GatewayProblem.NOT_FOUND.answer(context));
        }
        prepare(context.request(), client, route);
        return upstream.connect()
                .onSuccess(connection -> context.set(CONNECTION, connection))
                .transform(connected ->
                        connected.succeeded()
                                ? context.sendRequest()
                                : Future.succeededFuture(
                                        GatewayProblem.SERVICE_UNAVAILABLE.answer(context)));
    }

    private static void prepare(ProxyRequest request, HttpServerRequest client, Route route) {
        @Nullable String query = client.query();
        request.setURI(query == null ? route.path() : route.path() + "?" + query);
        MultiMap headers = request.headers();
        FORWARDING_HEADERS.forEach(headers::remove);
        headers.remove("Upgrade");
        headers.remove("Expect"); // the gateway has answered it
        headers.set("X-Forwarded-For", client.remoteAddress().hostAddress());
        headers.set("X-Forwarded-Proto", "http");
        @Nullable HostAndPort authority = client.authority();
        if (authority != null) {
            // As sent by the client, since services compare it with `Origin`.
            request.setAuthority(authority);
            headers.set("X-Forwarded-Host", authority.toString());
        }
    }
}
