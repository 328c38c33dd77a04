package dev.sendex.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The instances of one service, used round-robin; unreachable ones are skipped.
final class Upstream {

    private static final long CONNECT_LIMIT_MILLIS = 2_000;

    private final HttpClient client;
    private final List<URI> instances;
    private final AtomicInteger turn = new AtomicInteger();

    Upstream(HttpClient client, List<URI> instances) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a service needs an instance");
        }
        this.client = client;
        this.instances = List.copyOf(instances);
    }

    /// Opens a request to the next reachable instance.
    Future<HttpClientRequest> connect() {
        return connect(Math.floorMod(turn.getAndIncrement(), instances.size()), instances.size());
    }

    private Future<HttpClientRequest> connect(int index, int chances) {
        URI instance = instances.get(index);
        RequestOptions options =
                new RequestOptions()
                        .setHost(instance.getHost())
                        .setPort(instance.getPort())
                        .setConnectTimeout(CONNECT_LIMIT_MILLIS);
        Future<HttpClientRequest> request = client.request(options);
        return chances == 1
                ? request
                : request.recover(_ -> connect((index + 1) % instances.size(), chances - 1));
    }
}
