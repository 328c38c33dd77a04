package dev.sendex.webhook.deliveries;

import dev.sendex.webhook.deliveries.DeliveryAttempt.Result;
import dev.sendex.webhook.signing.SecretCipher;
import dev.sendex.webhook.signing.WebhookSignature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Calls customers' endpoints, which are untrusted: they may be slow, never answer, send endless
/// responses, or be malicious.
@ApplicationScoped
class WebhookSender {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int GONE = 410;

    private final HttpClient pooled;

    /// Does not reuse connections.
    private final HttpClient fresh;

    /// Open connections that have been used for a call.
    private final Set<HttpConnection> used = ConcurrentHashMap.newKeySet();

    private final AddressResolver resolver;
    private final SecretCipher cipher;
    private final DeliveryConfig config;
    private final Clock clock;

    WebhookSender(
            Vertx vertx,
            AddressResolver resolver,
            SecretCipher cipher,
            DeliveryConfig config,
            Clock clock) {
        this.pooled = vertx.createHttpClient(options(config));
        this.fresh = vertx.createHttpClient(options(config).setKeepAlive(false));
        this.resolver = resolver;
        this.cipher = cipher;
        this.config = config;
        this.clock = clock;
    }

    private static HttpClientOptions options(DeliveryConfig config) {
        return new HttpClientOptions()
                // Per host, which many endpoints may share. Concurrency limits the calls; the other
                // half is for attempts that timed out and whose connections are still open.
                .setMaxPoolSize(2 * config.concurrency())
                .setConnectTimeout((int) config.timeout().toMillis())
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(16 * 1024)
                .setVerifyHost(true);
    }

    /// Makes one attempt. Never fails: an unreachable endpoint is a result too.
    Uni<DeliveryAttempt> attempt(Delivery delivery) {
        Instant startedAt = clock.instant();
        return call(delivery, startedAt)
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(WebhookSender::failed)
                .map(result -> new DeliveryAttempt(startedAt, since(startedAt), result));
    }

    private Duration since(Instant startedAt) {
        Duration latency = Duration.between(startedAt, clock.instant());
        return latency.isNegative() ? Duration.ZERO : latency;
    }

    private Uni<Result> call(Delivery delivery, Instant now) {
        URI url = URI.create(delivery.url());
        return resolver.resolve(url.getHost())
                .map(address -> options(url, address))
                .chain(options -> exchange(options, delivery, now))
                .chain(response -> read(response, now));
    }

    private RequestOptions options(URI url, InetAddress address) {
        boolean secure = "https".equals(url.getScheme());
        int standardPort = secure ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? standardPort : url.getPort();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(pathOf(url))
                .setFollowRedirects(false)
                .setTimeout(config.timeout().toMillis());
    }

    /// A receiver may close a pooled connection at any time, even during a request. This does not
    /// count as a failure: the request is repeated at once on a new connection.
    private Uni<HttpClientResponse> exchange(
            RequestOptions options, Delivery delivery, Instant now) {
        return connect(pooled, options)
                .chain(request -> {
                    boolean wasUsed = isUsed(request.connection());
                    return send(request, delivery, now)
                            .onFailure(failure -> wasUsed && isClosed(failure))
                            .recoverWithUni(() ->
                                    connect(fresh, options)
                                            .chain(again -> send(again, delivery, now)));
                });
    }

    private boolean isUsed(HttpConnection connection) {
        boolean first = used.add(connection);
        if (first) {
            connection.closeHandler(_ -> used.remove(connection));
        }
        return !first;
    }

    private static boolean isClosed(Throwable failure) {
        return failure instanceof HttpClosedException || failure instanceof IOException;
    }

    private static Uni<HttpClientRequest> connect(HttpClient client, RequestOptions options) {
        return Uni.createFrom()
                .completionStage(
                        () -> client.request(new RequestOptions(options)).toCompletionStage());
    }

    private static String pathOf(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private Uni<HttpClientResponse> send(
            HttpClientRequest request, Delivery delivery, Instant now) {
        request.putHeader("Content-Type", "application/json");
        request.putHeader("User-Agent", "Sendex-Webhooks/1");
        var secret = cipher.decrypt(delivery.endpointId(), delivery.encryptedSecret().getBytes());
        WebhookSignature.headers(delivery.eventId(), now, delivery.body(), secret)
                .forEach(request::putHeader);
        return Uni.createFrom()
                .completionStage(
                        () -> request.send(Buffer.buffer(delivery.body())).toCompletionStage())
                .onCancellation()
                .invoke(request::reset);
    }

    private static Uni<Result> read(HttpClientResponse response, Instant now) {
        return ResponseStart.read(response)
                .map(start -> result(response, start, now))
                .onCancellation()
                .invoke(() -> response.request().reset());
    }

    private static Result result(HttpClientResponse response, String start, Instant now) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Result.Delivered(status, start);
        }
        return status == GONE
                ? new Result.Gone(start)
                : new Result.Refused(status, start, RetryAfter.of(response.headers(), now));
    }

    /// Only the class is recorded, since the message might reveal details of the internal network.
    private static Result failed(Throwable failure) {
        return new Result.Failed(failure.getClass().getSimpleName());
    }

    @PreDestroy
    void close() {
        var _ = pooled.close();
        var _ = fresh.close();
    }
}
