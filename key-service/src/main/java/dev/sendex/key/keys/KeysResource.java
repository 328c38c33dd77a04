package dev.sendex.key.keys;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;
import static dev.sendex.common.problem.Problem.NOT_FOUND;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.key.domains.DomainNames;
import dev.sendex.key.keys.KeyChanges.KeyVersion;
import dev.sendex.key.keys.spec.IssueKey;
import io.quarkus.security.Authenticated;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/v1/api-keys")
class KeysResource {

    private final Keys keys;
    private final KeysWithUsage keysWithUsage;
    private final KeyChanges changes;
    private final DomainNames domains;
    private final CurrentCaller caller;

    KeysResource(
            Keys keys,
            KeysWithUsage keysWithUsage,
            KeyChanges changes,
            DomainNames domains,
            CurrentCaller caller) {
        this.keys = keys;
        this.keysWithUsage = keysWithUsage;
        this.changes = changes;
        this.domains = domains;
        this.caller = caller;
    }

    @POST
    @ResponseStatus(201)
    @PermissionsAllowed("api_keys:write")
    public Uni<KeyView> issue(@NotNull(message = "is required") IssueKey request) {
        return withDomain(request).chain(named -> keys.issue(named, caller.get()));
    }

    private Uni<IssueKey> withDomain(IssueKey request) {
        if (request.domainId() == null) {
            return Uni.createFrom().item(request);
        }
        if (request.allowedDomains() != null) {
            throw VALIDATION_ERROR.on("domain_id", "cannot be combined with `allowed_domains`");
        }
        return domains.nameOf(request.domainId()).map(request::withDomain);
    }

    @GET
    @PermissionsAllowed("api_keys:read")
    public Uni<ListOf<KeyView>> list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("before") @Nullable String before,
            @QueryParam("state") @Nullable String state,
            @QueryParam("environment") @Nullable String environment,
            @QueryParam("usage_status") @Nullable String usage,
            @QueryParam("q") @Nullable String text) {
        return keysWithUsage.list(
                caller.get().accountId(),
                KeyFilter.of(state, environment, usage, text),
                Page.of(limit, after, before));
    }

    @GET
    @Path("/me")
    @Authenticated
    public Uni<KeyView> me() {
        return keysWithUsage.current(caller.get());
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed("api_keys:read")
    public Uni<RestResponse<KeyView>> get(@PathParam("id") String id) {
        return keysWithUsage.get(caller.get().accountId(), keyId(id)).map(KeysResource::tagged);
    }

    @PATCH
    @Path("/{id}")
    @PermissionsAllowed("api_keys:write")
    public Uni<RestResponse<KeyView>> edit(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable JsonNode edit) {
        return changes.edit(caller.get(), keyId(id), KeyVersion.of(ifMatch), object(edit))
                .map(KeysResource::tagged);
    }

    @POST
    @Path("/{id}/rotate")
    @ResponseStatus(201)
    @PermissionsAllowed("api_keys:write")
    public Uni<KeyView> rotate(@PathParam("id") String id, @Nullable RotateKey request) {
        return changes.rotate(caller.get(), keyId(id), RotateKey.overlap(request));
    }

    @DELETE
    @Path("/{id}/rotation")
    @PermissionsAllowed("api_keys:write")
    public Uni<KeyView> endOverlap(@PathParam("id") String id) {
        return changes.endOverlap(caller.get(), keyId(id));
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed("api_keys:write")
    public Uni<Deleted> revoke(
            @PathParam("id") String id, @QueryParam("reason") @Nullable String reason) {
        return changes.revoke(caller.get(), keyId(id), reason);
    }

    /// Text that is not a valid id gets the same 404 as an unknown id.
    private static UUID keyId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw NOT_FOUND.because("No API key has this id.");
        }
    }

    private static RestResponse<KeyView> tagged(KeyView key) {
        return RestResponse.ResponseBuilder.ok(key).tag(Long.toString(key.version())).build();
    }

    private static ObjectNode object(@Nullable JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
    }

    /// A request for a new token.
    ///
    /// @param overlapSeconds how long the current token stays valid, up to 7 days; 24 hours by
    ///   default
    @JsonNaming(SnakeCaseStrategy.class)
    record RotateKey(@Nullable Long overlapSeconds) {

        private static final long DEFAULT_OVERLAP = Duration.ofDays(1).toSeconds();
        private static final long MAX_OVERLAP = Duration.ofDays(7).toSeconds();

        /// The requested overlap.
        ///
        /// @throws dev.sendex.common.problem.ProblemException if it is negative or too long
        static Duration overlap(@Nullable RotateKey request) {
            Long asked = request == null ? null : request.overlapSeconds();
            long seconds = asked == null ? DEFAULT_OVERLAP : asked;
            if (seconds < 0 || seconds > MAX_OVERLAP) {
                throw VALIDATION_ERROR.on(
                        "overlap_seconds", "must be from 0 to %d".formatted(MAX_OVERLAP));
            }
            return Duration.ofSeconds(seconds);
        }
    }
}
