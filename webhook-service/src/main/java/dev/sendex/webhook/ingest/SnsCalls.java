package dev.sendex.webhook.ingest;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;

/// Calls URLs that [SnsHosts] allows, without following redirects.
@Singleton
class SnsCalls {

    private static final int OK = 200;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_BYTES = 64 * 1024;

    private final WebClient client;

    SnsCalls(Vertx vertx) {
        this.client =
                WebClient.create(
                        vertx,
                        new WebClientOptions()
                                .setFollowRedirects(false)
                                .setConnectTimeout(TIMEOUT_MILLIS));
    }

    /// The body at this URL; fails if the status is not 200, the response is too large, or the call
    /// times out.
    Uni<Buffer> get(URI address) {
        return client.getAbs(address.toString()).timeout(TIMEOUT_MILLIS).send().map(SnsCalls::body);
    }

    private static Buffer body(HttpResponse<Buffer> response) {
        Buffer body = response.body();
        if (response.statusCode() != OK || body == null || body.length() > MAX_BYTES) {
            throw new IllegalStateException("SNS answered " + response.statusCode());
        }
        return body;
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
