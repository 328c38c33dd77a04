package dev.sendex.send.emails.reading;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/emails")
class EmailsResource {

    private final CurrentCaller caller;
    private final EmailReader emails;

    EmailsResource(CurrentCaller caller, EmailReader emails) {
        this.caller = caller;
        this.emails = emails;
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
