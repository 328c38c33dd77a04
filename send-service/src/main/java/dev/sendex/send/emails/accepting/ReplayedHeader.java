package dev.sendex.send.emails.accepting;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Marks a replayed response with `Idempotency-Replayed`; its body is identical to the first one.
class ReplayedHeader {

    @ServerResponseFilter
    public void add(ContainerResponseContext response) {
        if (response.getEntity() instanceof AcceptedEmail email && email.replayed()) {
            response.getHeaders().putSingle("Idempotency-Replayed", "true");
        }
    }
}
