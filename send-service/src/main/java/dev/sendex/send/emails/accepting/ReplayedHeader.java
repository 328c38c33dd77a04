package dev.sendex.send.emails.accepting;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Tells the caller that an answer is an earlier one; the body is the same to the byte.
class ReplayedHeader {

    @ServerResponseFilter
    public void add(ContainerResponseContext response) {
        if (response.getEntity() instanceof AcceptedEmail email && email.replayed()) {
            response.getHeaders().putSingle("Idempotency-Replayed", "true");
        }
    }
}
