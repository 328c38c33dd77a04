package dev.sendex.common.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sendex.common.runtime.PathTemplate;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of every error: RFC 9457's members, and the ones that Resend's SDKs read.
///
/// @param statusCode the same as `status`, where those SDKs look for it
/// @param message the same as `detail`, likewise
/// @param errors the members at fault, absent when there are none
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "statusCode", "name", "message"})
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        @JsonProperty("statusCode") int statusCode,
        String name,
        String message,
        @JsonProperty("request_id") @Nullable String requestId,
        List<FieldError> errors) {

    /// RFC 9457, section 3.
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String ATTRIBUTE = Problem.class.getName();

    /// The problem that this request was answered with, if it was.
    public static @Nullable Problem answeredTo(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }

    static void note(RoutingContext request, ProblemException problem) {
        request.put(ATTRIBUTE, problem.problem());
        if (problem.problem() != Problem.NOT_FOUND) { // for that, metrics have a word of their own
            PathTemplate.noteNone(request);
        }
    }

    /// The whole answer to a request that an endpoint, or what guards it, refused.
    public static Response response(ProblemException problem, RoutingContext request) {
        note(request, problem);
        Response.ResponseBuilder response =
                Response.status(problem.problem().status())
                        .type(MEDIA_TYPE)
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
                problem.slug(),
                exception.detail(),
                requestId,
                exception.errors());
    }
}
