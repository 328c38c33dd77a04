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

/// Calls what [SnsHosts] allows, and nothing that it leads to.
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

    /// The body at this address; fails where the answer is not 200, late or large.
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
