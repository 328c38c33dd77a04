package dev.sendex.common.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A [Problem] with details of this occurrence. It has no stack trace, since the cause is the
/// request and not our code.
public final class ProblemException extends RuntimeException {

    private final Problem problem;
    private final String detail;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;
    private final @Nullable String challenge;

    ProblemException(
            Problem problem,
            String detail,
            List<FieldError> errors,
            @Nullable Duration retryAfter,
            @Nullable String challenge) {
        super(problem.slug() + ": " + detail, null, false, false);
        this.problem = problem;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.challenge = challenge;
    }

    /// The same problem with a `WWW-Authenticate` challenge (RFC 6750, section 3).
    public ProblemException challenge(String value) {
        return new ProblemException(problem, detail, errors, retryAfter, value);
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /// The response headers of this occurrence.
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (retryAfter != null) {
            headers.put("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        if (challenge != null) {
            headers.put("WWW-Authenticate", challenge);
        }
        return headers;
    }

    /// An error in one member of a request.
    ///
    /// @param field the path of the member in the request, joined by dots
    /// @param message what is wrong with it and how to correct it
    @RegisterForReflection
    public record FieldError(String field, String message) {}
}
