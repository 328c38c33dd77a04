package dev.sendex.webhook.deliveries;

import dev.sendex.webhook.endpoints.SsrfPolicy;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Resolves the address to connect to. The name is resolved only once, and the connection uses the
/// address that was checked, which prevents DNS rebinding.
@ApplicationScoped
class AddressResolver {

    private final SsrfPolicy policy;

    AddressResolver(SsrfPolicy policy) {
        this.policy = policy;
    }

    /// Fails if the name has no address, or any address that [SsrfPolicy] does not allow.
    Uni<InetAddress> resolve(String host) {
        Context caller = Vertx.currentContext();
        Uni<InetAddress> resolved =
                Uni.createFrom()
                        .item(Unchecked.supplier(() -> lookUp(host)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return emitOn(caller, resolved);
    }

    private static Uni<InetAddress> emitOn(@Nullable Context caller, Uni<InetAddress> resolved) {
        return caller == null ? resolved : resolved.emitOn(MutinyHelper.executor(caller));
    }

    private InetAddress lookUp(String host) throws UnknownHostException, ConnectException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        for (InetAddress address : addresses) {
            if (!policy.allows(address)) {
                throw new ConnectException("the name resolves to an address that is not public");
            }
        }
        return addresses[0];
    }
}
