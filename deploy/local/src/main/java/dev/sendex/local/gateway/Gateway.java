package dev.sendex.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A reverse proxy on 127.0.0.1 that forwards requests to the services by path.
public final class Gateway implements AutoCloseable {

    private static final int IDLE_SECONDS = 60;
    private static final int CONNECTIONS_PER_INSTANCE = 256;

    private final Vertx vertx;
    private final HttpServer server;

    private Gateway(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /// Returns once the gateway listens.
    ///
    /// @param port 0 for any free port
    /// @param instances the URLs of each service's instances, which are used in turn
    public static Gateway start(int port, Map<Service, List<URI>> instances) throws IOException {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server =
                    vertx.createHttpServer(options())
                            .connectionHandler(MalformedRequests::refuse)
                            .requestHandler(new Framing(proxy(vertx, instances)));
            return new Gateway(vertx, await(server.listen(port)));
        } catch (IOException e) {
            await(vertx.close());
            throw e;
        }
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() throws IOException {
        await(vertx.close());
    }

    /// HTTP/1.1 only, like the services; idle connections are closed.
    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true);
    }

    private static HttpProxy proxy(Vertx vertx, Map<Service, List<URI>> instances) {
        HttpClient client =
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_INSTANCE));
        Map<Service, Upstream> upstreams =
                instances.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> new Upstream(client, entry.getValue())));
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(Routing::connection)
                .addInterceptor(new Routing(upstreams));
    }

    private static <T> T await(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("the gateway failed: " + e.getMessage(), e);
        }
    }
}
