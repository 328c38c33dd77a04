package dev.sendex.send.emails.accepting;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.send.emails.idempotency.IdempotencyKey;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jspecify.annotations.Nullable;

@Path("/v1/emails")
class SendEmailResource {

    private final CurrentCaller caller;
    private final EmailAcceptor acceptor;

    SendEmailResource(CurrentCaller caller, EmailAcceptor acceptor) {
        this.caller = caller;
        this.acceptor = acceptor;
    }

    @POST
    @PermissionsAllowed("emails:send")
    public Uni<AcceptedEmail> send(
            @Context HttpServerRequest headers, @Nullable SendEmail request) {
        return acceptor.accept(caller.get(), IdempotencyKey.of(headers), request);
    }
}
