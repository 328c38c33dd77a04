package dev.sendex.key.sessions;

import dev.sendex.common.network.client.CurrentClient;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// The device that sends the current request.
@ApplicationScoped
class CurrentDevice {

    private static final int MAX_USER_AGENT = 200;

    private final CurrentClient client;
    private final CurrentVertxRequest request;

    CurrentDevice(CurrentClient client, CurrentVertxRequest request) {
        this.client = client;
        this.request = request;
    }

    Device get() {
        return new Device(client.addressText(), userAgent());
    }

    private @Nullable String userAgent() {
        RoutingContext current = request.getCurrent();
        String text = current == null ? null : current.request().getHeader(HttpHeaders.USER_AGENT);
        return text == null || text.length() <= MAX_USER_AGENT
                ? text
                : text.substring(0, MAX_USER_AGENT);
    }

    /// Where a session is used, as far as known.
    ///
    /// @param userAgent the browser's `User-Agent`, truncated
    record Device(@Nullable String ip, @Nullable String userAgent) {}
}
