package dev.sendex.common.identity;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.SessionCaller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// The caller of the current request.
@ApplicationScoped
public class CurrentCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private final CurrentVertxRequest request;

    CurrentCaller(CurrentVertxRequest request) {
        this.request = request;
    }

    static void set(RoutingContext request, Caller caller) {
        request.put(ATTRIBUTE, caller);
    }

    /// The caller of this request; null if the request was not authenticated.
    public static @Nullable Caller of(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }

    /// The caller, at every endpoint that requires authentication.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `missing_api_key` at endpoints that are
    ///   open to everyone, where requests are not authenticated
    public Caller get() {
        RoutingContext current = request.getCurrent();
        @Nullable Caller caller = current == null ? null : current.get(ATTRIBUTE);
        if (caller == null) {
            throw Challenges.missingCredentials();
        }
        return caller;
    }

    /// The signed-in user, at endpoints that keys cannot use.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden` for a key
    public SessionCaller user() {
        if (get() instanceof SessionCaller user) {
            return user;
        }
        throw Challenges.usersOnly();
    }
}
