package dev.sendex.common.introspection.cache;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.util.concurrent.TimeoutException;

/// key-service did not say what a token is. Never carries a token; nor a stack trace, since it
/// tells of another process.
final class AuthorityFailure extends RuntimeException {

    private final Cause cause;

    private enum Cause {
        AUTHORITY,
        MISCONFIGURED,
        OVERLOADED
    }

    private AuthorityFailure(String reason, Cause cause) {
        super(reason, null, false, false);
        this.cause = cause;
    }

    static AuthorityFailure unreachable(Throwable failure) {
        return switch (failure) {
            case ConnectionPoolTooBusyException _ ->
                    new AuthorityFailure("too many pending lookups", Cause.OVERLOADED);
            case TimeoutException _ -> new AuthorityFailure("timed out", Cause.AUTHORITY);
            default ->
                    new AuthorityFailure(
                            "no response: " + failure.getClass().getSimpleName(), Cause.AUTHORITY);
        };
    }

    static AuthorityFailure status(int status) {
        return new AuthorityFailure("status " + status, Cause.AUTHORITY);
    }

    static AuthorityFailure malformed(String detail) {
        return new AuthorityFailure("malformed response: " + detail, Cause.MISCONFIGURED);
    }

    static AuthorityFailure refusesUs(int status) {
        return new AuthorityFailure(
                "status "
                        + status
                        + ", check sendex.introspection.client-id and .client-secret here and in"
                        + " key-service",
                Cause.MISCONFIGURED);
    }

    static AuthorityFailure of(Throwable failure) {
        return failure instanceof AuthorityFailure known ? known : unreachable(failure);
    }

    /// Whether waiting will not help: somebody must change a setting or a version.
    boolean isMisconfigured() {
        return cause == Cause.MISCONFIGURED;
    }

    /// Whether key-service was not even asked, because so many questions wait already. Says nothing
    /// about it.
    boolean isOverloaded() {
        return cause == Cause.OVERLOADED;
    }
}
