package dev.sendex.send.emails.idempotency;

import static dev.sendex.common.problem.Problem.INVALID_IDEMPOTENCY_KEY;

import dev.sendex.send.message.HeaderText;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// The key that a caller gives a request, so that retrying the request does not send a second
/// email.
public record IdempotencyKey(String value) {

    private static final int MAX_LENGTH = 256;

    /// The key in the request's header, or null if there is none. An empty header is rejected
    /// rather than treated as absent, since the caller relies on being protected.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `invalid_idempotency_key`
    public static @Nullable IdempotencyKey of(HttpServerRequest request) {
        String header = request.getHeader("Idempotency-Key");
        if (header == null) {
            return null;
        }
        if (header.isBlank() || header.length() > MAX_LENGTH || HeaderText.isUnsafe(header)) {
            throw INVALID_IDEMPOTENCY_KEY.because(
                    "Idempotency-Key must have 1 to %d characters.".formatted(MAX_LENGTH));
        }
        return new IdempotencyKey(header);
    }

    /// Keys must not reach a log, since they may contain order numbers or other business data.
    @Override
    public String toString() {
        return "IdempotencyKey[hidden]";
    }
}
