package dev.sendex.webhook.endpoints;

import dev.sendex.common.page.ListOf;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/// Lists the event types to which endpoints can subscribe.
@Path("/v1/webhook-event-types")
class EventTypesResource {

    @GET
    @Authenticated
    public Uni<ListOf<String>> list() {
        return Uni.createFrom().item(new ListOf<>("list", false, EventTypes.ALL));
    }
}
