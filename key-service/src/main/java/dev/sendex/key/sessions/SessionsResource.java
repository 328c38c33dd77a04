package dev.sendex.key.sessions;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.permission.Permission;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;

/// The caller's own sessions, for any role. Keys have none.
@Path("/v1/sessions")
@Authenticated
class SessionsResource {

    private final Sessions sessions;
    private final CurrentCaller caller;

    SessionsResource(Sessions sessions, CurrentCaller caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    @GET
    public Uni<ListOf<SessionEntry>> list() {
        return sessions.list(caller.user());
    }

    @GET
    @Path("/current")
    public Uni<CurrentSession> current() {
        return Uni.createFrom().item(CurrentSession.of(caller.user()));
    }

    @DELETE
    @Path("/{id}")
    public Uni<Deleted> end(@PathParam("id") String id) {
        return sessions.end(caller.user(), id(id));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw NOT_FOUND.because("No session has this id.");
        }
    }

    /// The session that sends the request, with its current permissions.
    ///
    /// @param object always `session`
    /// @param permissions by their names, in alphabetical order
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record CurrentSession(
            String object,
            UUID id,
            UUID userId,
            UUID accountId,
            String role,
            List<String> permissions) {

        static CurrentSession of(SessionCaller caller) {
            return new CurrentSession(
                    "session",
                    caller.sessionId(),
                    caller.userId(),
                    caller.accountId(),
                    caller.role(),
                    caller.permissions().stream().map(Permission::value).sorted().toList());
        }
    }
}
