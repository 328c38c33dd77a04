package dev.sendex.common.introspection;

import java.util.concurrent.TimeoutException;

/// key-service did not say what a token is. Never carries a token; nor a stack trace, since it
/// tells of another process.
final class AuthorityFailure extends RuntimeException {

    private final boolean ourMistake;

    private AuthorityFailure(String reason, boolean ourMistake) {
        super(reason, null, false, false);
        this.ourMistake = ourMistake;
    }

    static AuthorityFailure unreachable(Throwable cause) {
        return new AuthorityFailure(
                cause instanceof TimeoutException
                        ? "no answer in time"
                        : "no answer: " + cause.getClass().getSimpleName(),
                false);
    }

    static AuthorityFailure status(int status) {
        return new AuthorityFailure("status " + status, false);
    }

    static AuthorityFailure malformed(String detail) {
        return new AuthorityFailure("malformed answer: " + detail, true);
    }

    static AuthorityFailure refusesUs(int status) {
        return new AuthorityFailure(
                "status "
                        + status
                        + ", check sendex.introspection.client-id and .client-secret here and in"
                        + " key-service",
                true);
    }

    static AuthorityFailure of(Throwable failure) {
        return failure instanceof AuthorityFailure known ? known : unreachable(failure);
    }

    /// Whether waiting will not help: somebody must change a setting or a version.
    boolean isOurMistake() {
        return ourMistake;
    }
}
