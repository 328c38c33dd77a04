package dev.sendex.common.network.client;

import io.netty.util.NetUtil;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The client of the current request.
@ApplicationScoped
public class CurrentClient {

    private final CurrentVertxRequest request;
    private final ClientAddress addresses;

    CurrentClient(CurrentVertxRequest request, ClientAddress addresses) {
        this.request = request;
        this.addresses = addresses;
    }

    /// The address, or null outside a request and if a proxy sends none.
    public @Nullable InetAddress address() {
        if (!Arc.container().requestContext().isActive()) {
            return null;
        }
        RoutingContext current = request.getCurrent();
        return current == null ? null : addresses.of(current.request());
    }

    /// The address as text, without a zone, or null as above.
    public @Nullable String addressText() {
        InetAddress address = address();
        return address == null ? null : NetUtil.toAddressString(address);
    }
}
