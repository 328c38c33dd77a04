package dev.sendex.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sendex.common.problem.ProblemException.FieldError;
import dev.sendex.common.runtime.PathTemplate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
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
public record ProblemDocument(
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

    /// RFC 9457, section 3.
    private static final String PROBLEM_JSON = "application/problem+json";

    private static final String ATTRIBUTE = Problem.class.getName();

    /// The problem in the response to this request, or null.
    public static @Nullable Problem problemOf(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }

    /// The media type of the problem document: plain JSON, since Resend's SDKs for Go, PHP, Python
    /// and Ruby decode nothing else, unless the client accepts that of RFC 9457.
    static String mediaType(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(PROBLEM_JSON)
                ? PROBLEM_JSON
                : MediaType.APPLICATION_JSON;
    }

    /// Attaches the problem to the request, for usage counts and metrics.
    static void attach(RoutingContext request, ProblemException problem) {
        request.put(ATTRIBUTE, problem.problem());
        if (problem.problem() != Problem.NOT_FOUND) { // metrics have a separate value for it
            PathTemplate.setNone(request);
        }
    }

    /// The response to a request that was refused by an endpoint or a security check.
    public static Response response(ProblemException problem, RoutingContext request) {
        attach(request, problem);
        Response.ResponseBuilder response =
                Response.status(problem.problem().status())
                        .type(mediaType(request))
                        .entity(of(problem, RequestId.of(request)));
        problem.headers().forEach(response::header);
        return response.build();
    }

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
