package dev.sendex.common.http;

import dev.sendex.common.network.client.ClientAddress;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Tells browsers that connected over TLS to use only TLS (RFC 6797).
@ApplicationScoped
class StrictTransport {

    private static final int BEFORE_OTHER_FILTERS = 9_950;

    private final ClientAddress clients;
    private final String policy;

    StrictTransport(
            ClientAddress clients,
            @ConfigProperty(name = "sendex.http.hsts-max-age", defaultValue = "365d")
                    Duration maxAge) {
        this.clients = clients;
        this.policy = "max-age=" + maxAge.toSeconds();
    }

    void register(@Observes Filters filters) {
        filters.register(this::addHeader, BEFORE_OTHER_FILTERS);
    }

    private void addHeader(RoutingContext request) {
        if (clients.usesTls(request.request())) {
            request.response().putHeader("Strict-Transport-Security", policy);
        }
        request.next();
    }
}
