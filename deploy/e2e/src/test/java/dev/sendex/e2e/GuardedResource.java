package dev.sendex.e2e;

import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// An endpoint of a customer's service that accepts Sendex keys.
@Path("/{tenant}")
class GuardedResource {

    private final SecurityIdentity caller;

    GuardedResource(SecurityIdentity caller) {
        this.caller = caller;
    }

    @GET
    @Path("/send")
    @PermissionsAllowed("emails:send")
    public String send() {
        return caller.getPrincipal().getName();
    }
}
