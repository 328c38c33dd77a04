package dev.sendex.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sendex.common.problem.ProblemException.FieldError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of every error response: the members of RFC 9457, and those that Resend's SDKs read.
///
/// @param statusCode the same as `status`, for Resend's SDKs
/// @param name the error's name in Resend's SDKs
/// @param message the same as `detail`, for Resend's SDKs
/// @param code the problem, the same as the end of `type`
/// @param errors the invalid members, absent if there are none
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "statusCode", "name", "message", "code"})
record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        @JsonProperty("statusCode") int statusCode,
        String name,
        String message,
        String code,
        @JsonProperty("request_id") @Nullable String requestId,
        List<FieldError> errors) {

    static ProblemDocument of(ProblemException exception, @Nullable String requestId) {
        Problem problem = exception.problem();
        return new ProblemDocument(
                "urn:sendex:problem:" + problem.slug(),
                problem.title(),
                problem.status(),
                exception.detail(),
                problem.status(),
                problem.resendName(),
                exception.detail(),
                problem.slug(),
                requestId,
                exception.errors());
    }
}
