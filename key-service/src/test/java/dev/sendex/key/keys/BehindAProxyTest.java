package dev.sendex.key.keys;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys restricted to networks, used through a reverse proxy that forwards the client's address,
/// which is trusted only from this proxy (`sendex.network.trusted-proxies`).
@QuarkusTest
@RunningService
class BehindAProxyTest {

    private static final String PROXY = "127.0.0.99";
    private static final String ALLOWED = "127.0.0.71";
    private static final String OTHER = "127.0.0.72";

    private final Vertx vertx = Vertx.vertx();
    private int proxyPort;
    private String token;

    @BeforeEach
    void startProxyAndIssueKey() throws Exception {
        HttpProxy proxy =
                HttpProxy.reverseProxy(
                                vertx.createHttpClient(
                                        new HttpClientOptions().setLocalAddress(PROXY)))
                        .origin(RestAssured.port, "127.0.0.1")
                        .addInterceptor(new ForwardedForInterceptor());
        HttpServer server =
                vertx.createHttpServer()
                        .requestHandler(proxy)
                        .listen(0, PROXY)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        proxyPort = server.actualPort();
        token =
                issue(anOwner(), Map.of("preset", "read_only", "allowed_ips", List.of(ALLOWED)))
                        .path("token");
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void the_clients_address_is_checked_not_the_proxys() throws Exception {
        assertThat(throughTheProxy(ALLOWED)).isEqualTo(200);
        assertThat(throughTheProxy(OTHER)).isEqualTo(403);
    }

    @Test
    void a_forwarded_header_of_the_client_is_ignored() throws Exception {
        assertThat(throughTheProxy(OTHER, "X-Forwarded-For", ALLOWED)).isEqualTo(403);
        assertThat(throughTheProxy(OTHER, "Forwarded", "for=" + ALLOWED)).isEqualTo(403);
        assertThat(throughTheProxy(ALLOWED, "X-Forwarded-For", OTHER)).isEqualTo(200);
    }

    @Test
    void without_the_proxy_forwarded_headers_are_ignored() throws Exception {
        assertThat(directly(OTHER, "X-Forwarded-For", ALLOWED)).isEqualTo(403);
        assertThat(directly(ALLOWED)).isEqualTo(200);
    }

    private int throughTheProxy(String client, String... headers) throws Exception {
        return get(PROXY + ":" + proxyPort, client, headers);
    }

    private int directly(String client, String... headers) throws Exception {
        return get("127.0.0.1:" + RestAssured.port, client, headers);
    }

    private int get(String authority, String client, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + authority + "/v1/api-keys/me"))
                        .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .localAddress(InetAddress.ofLiteral(client))
                        .build()) {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    /// Appends the address of the client to the list, as proxies do.
    private static final class ForwardedForInterceptor implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            String client = context.request().proxiedRequest().remoteAddress().hostAddress();
            String before = context.request().headers().get("X-Forwarded-For");
            context.request()
                    .headers()
                    .set("X-Forwarded-For", before == null ? client : before + ", " + client);
            return context.sendRequest();
        }
    }
}
