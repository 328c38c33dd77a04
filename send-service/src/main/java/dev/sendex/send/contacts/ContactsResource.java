package dev.sendex.send.contacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

@Path("/v1/contacts")
class ContactsResource {

    private final CurrentCaller caller;
    private final Contacts contacts;

    ContactsResource(CurrentCaller caller, Contacts contacts) {
        this.caller = caller;
        this.contacts = contacts;
    }

    /// The body of `POST /v1/contacts`.
    @RegisterForReflection
    record CreateContact(
            @Nullable String email,
            @JsonProperty("first_name") @Nullable String firstName,
            @JsonProperty("last_name") @Nullable String lastName,
            @Nullable Boolean unsubscribed) {}

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("contacts:write")
    public Uni<ContactView> create(@Nullable CreateContact request) {
        return contacts.create(caller.get().accountId(), request);
    }

    @GET
    @PermissionsAllowed("contacts:read")
    public Uni<ListOf<ContactView>> list(
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String before) {
        return contacts.list(caller.get().accountId(), Page.of(limit, after, before));
    }
}
