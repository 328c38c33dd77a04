package dev.sendex.common.introspection.cache;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.util.concurrent.TimeoutException;

/// key-service did not return a valid response. Never contains a token. It has no stack trace,
/// since the cause is in another process.
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

    /// Whether retrying cannot help, because a setting or a version must be changed.
    boolean isMisconfigured() {
        return cause == Cause.MISCONFIGURED;
    }

    /// Whether no request was sent, because too many are waiting. Says nothing about key-service.
    boolean isOverloaded() {
        return cause == Cause.OVERLOADED;
    }
}
