package dev.sendex.send.emails;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/emails")
class EmailsResource {

    private final CurrentCaller caller;
    private final EmailAcceptor acceptor;
    private final EmailReader emails;

    EmailsResource(CurrentCaller caller, EmailAcceptor acceptor, EmailReader emails) {
        this.caller = caller;
        this.acceptor = acceptor;
        this.emails = emails;
    }

    @POST
    @PermissionsAllowed("emails:send")
    public Uni<AcceptedEmail> send(
            @Context HttpServerRequest headers, @Nullable SendEmail request) {
        return acceptor.accept(caller.get(), IdempotencyKey.of(headers), request);
    }

    @GET
    @PermissionsAllowed("emails:read")
    public Uni<ListOf<EmailSummary>> list(
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String before) {
        return emails.list(caller.get(), Page.of(limit, after, before));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("emails:read")
    public Uni<EmailView> get(@RestPath String id) {
        return emails.require(caller.get(), id);
    }

    @GET
    @Path("/{id}/events")
    @PermissionsAllowed("emails:read")
    public Uni<ListOf<EmailEventView>> events(
            @RestPath String id,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String before) {
        return emails.events(caller.get(), id, Page.of(limit, after, before));
    }
}
