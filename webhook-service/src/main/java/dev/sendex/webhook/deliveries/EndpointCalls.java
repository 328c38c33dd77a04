package dev.sendex.webhook.deliveries;

import dev.sendex.webhook.deliveries.Attempt.Result;
import dev.sendex.webhook.signing.SecretVault;
import dev.sendex.webhook.signing.WebhookSignature;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Calls customers' endpoints: strangers, who may be slow, silent, endless or up to no good.
@ApplicationScoped
class EndpointCalls {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int GONE = 410;

    private final HttpClient client;
    private final VettedAddress addresses;
    private final SecretVault vault;
    private final DeliveryConfig config;
    private final Clock clock;

    EndpointCalls(
            Vertx vertx,
            VettedAddress addresses,
            SecretVault vault,
            DeliveryConfig config,
            Clock clock) {
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                // Of one host, which many endpoints may share. What bounds them
                                // is how many are taken; the rest is for attempts that timed
                                // out and still hold their connection.
                                .setMaxPoolSize(2 * config.concurrency())
                                .setConnectTimeout((int) config.timeout().toMillis())
                                .setKeepAliveTimeout(30)
                                .setMaxHeaderSize(16 * 1024)
                                .setVerifyHost(true));
        this.addresses = addresses;
        this.vault = vault;
        this.config = config;
        this.clock = clock;
    }

    /// Makes one attempt. Never fails: an endpoint that cannot be reached is a result.
    Uni<Attempt> attempt(Delivery delivery) {
        Instant startedAt = clock.instant();
        return call(delivery, startedAt)
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(EndpointCalls::failed)
                .map(result -> new Attempt(startedAt, since(startedAt), result));
    }

    private Duration since(Instant startedAt) {
        Duration latency = Duration.between(startedAt, clock.instant());
        return latency.isNegative() ? Duration.ZERO : latency;
    }

    private Uni<Result> call(Delivery delivery, Instant now) {
        URI url = URI.create(delivery.url());
        return addresses
                .of(url.getHost())
                .chain(address -> connect(url, address))
                .chain(request -> send(request, delivery, now));
    }

    private Uni<HttpClientRequest> connect(URI url, InetAddress address) {
        boolean secure = "https".equals(url.getScheme());
        int standardPort = secure ? HTTPS : HTTP;
        int port = url.getPort() < 0 ? standardPort : url.getPort();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                        .setHost(url.getHost())
                        .setPort(port)
                        .setSsl(secure)
                        .setURI(pathOf(url))
                        .setFollowRedirects(false)
                        .setTimeout(config.timeout().toMillis());
        return Uni.createFrom().completionStage(() -> client.request(options).toCompletionStage());
    }

    private static String pathOf(URI url) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private Uni<Result> send(HttpClientRequest request, Delivery delivery, Instant now) {
        request.putHeader("Content-Type", "application/json");
        request.putHeader("User-Agent", "Sendex-Webhooks/1");
        var secret = vault.open(delivery.endpointId(), delivery.sealedSecret().getBytes());
        WebhookSignature.headers(delivery.eventId(), now, delivery.body(), secret)
                .forEach(request::putHeader);
        return Uni.createFrom()
                .completionStage(
                        () -> request.send(Buffer.buffer(delivery.body())).toCompletionStage())
                .chain(response ->
                        ResponseStart.read(response).map(start -> result(response, start)))
                .onCancellation()
                .invoke(request::reset);
    }

    private static Result result(HttpClientResponse response, String start) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Result.Delivered(status, start);
        }
        return status == GONE
                ? new Result.Gone(start)
                : new Result.Refused(
                        status, start, RetryAfter.of(response.getHeader("Retry-After")));
    }

    /// The class says what went wrong; a message might say what is inside our network.
    private static Result failed(Throwable failure) {
        return new Result.Failed(failure.getClass().getSimpleName());
    }

    @PreDestroy
    void close() {
        var _ = client.close();
    }
}
