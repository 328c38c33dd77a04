package dev.sendex.common.identity;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.identity.caller.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.MDC;

/// Endpoints with every kind of security annotation that the services use.
@Path("/guarded")
class GuardedResource {

    record CallerInfo(String name, String account, Set<String> permissions, boolean eventLoop) {}

    private final CurrentCaller caller;

    GuardedResource(CurrentCaller caller) {
        this.caller = caller;
    }

    @GET
    @Path("/me")
    @Authenticated
    public Uni<CallerInfo> me() {
        Caller me = caller.get();
        Set<String> permissions =
                me.permissions().stream()
                        .map(permission -> permission.value())
                        .collect(java.util.stream.Collectors.toSet());
        return Uni.createFrom()
                .item(
                        new CallerInfo(
                                me.getName(),
                                me.accountId().toString(),
                                permissions,
                                Vertx.currentContext().isEventLoopContext()));
    }

    @POST
    @Path("/send")
    @PermissionsAllowed("emails:send")
    public Uni<Map<String, String>> send() {
        return Uni.createFrom().item(Map.of("sent", "yes"));
    }

    @GET
    @Path("/emails")
    @PermissionsAllowed("emails:read")
    public Uni<Map<String, String>> emails() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/either")
    @PermissionsAllowed({"emails:send", "domains:read"})
    public Uni<Map<String, String>> either() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/both")
    @PermissionsAllowed("emails:send")
    @PermissionsAllowed("domains:read")
    public Uni<Map<String, String>> both() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/both-of-one-resource")
    @PermissionsAllowed("emails:send")
    @PermissionsAllowed("emails:read")
    public Uni<Map<String, String>> bothOfOneResource() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/either-of-one-resource")
    @PermissionsAllowed({"emails:send", "emails:read"})
    public Uni<Map<String, String>> eitherOfOneResource() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/name-without-action")
    @PermissionsAllowed("emails")
    public Uni<Map<String, String>> nameWithoutAction() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/things/{id}")
    @PermissionsAllowed("emails:read")
    public Uni<Map<String, String>> thing(@PathParam("id") String id) {
        throw NOT_FOUND.because("There is no thing " + id);
    }

    @GET
    @Path("/broken")
    @PermissionsAllowed("emails:read")
    public Uni<Map<String, String>> broken() {
        return Uni.createFrom().failure(new IllegalStateException("a bug"));
    }

    @GET
    @Path("/without-annotation")
    public Uni<Map<String, String>> withoutAnnotation() {
        return Uni.createFrom().item(Map.of());
    }

    @GET
    @Path("/open")
    @PermitAll
    public Uni<Map<String, String>> open() {
        return Uni.createFrom().item(Map.of("open", "yes"));
    }

    @GET
    @Path("/open-with-caller")
    @PermitAll
    public Uni<Map<String, String>> openWithCaller() {
        return Uni.createFrom().item(Map.of("caller", caller.get().getName()));
    }

    @GET
    @Path("/mdc")
    @Authenticated
    public Uni<Map<String, String>> mdc() {
        Map<String, String> entries = new TreeMap<>();
        MDC.getMap().forEach((name, value) -> entries.put(name, String.valueOf(value)));
        return Uni.createFrom().item(entries);
    }
}
