package dev.sendex.common.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.runtime.PathTemplate;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes problem documents: as responses of endpoints and, where no endpoint runs, to the request
/// itself: in filters, on unknown routes, for failed authentication.
@ApplicationScoped
public class ProblemWriter {

    /// RFC 9457, section 3.
    private static final String PROBLEM_JSON = "application/problem+json";

    private static final String ATTRIBUTE = Problem.class.getName();

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /// The problem in the response to this request, or null.
    public static @Nullable Problem problemOf(RoutingContext request) {
        return request.get(ATTRIBUTE);
    }

    /// The response to a request that was refused by an endpoint or a security check.
    public static Response response(ProblemException problem, RoutingContext request) {
        attach(request, problem);
        Response.ResponseBuilder response =
                Response.status(problem.problem().status())
                        .type(mediaType(request))
                        .entity(ProblemDocument.of(problem, RequestId.of(request)));
        problem.headers().forEach(response::header);
        return response.build();
    }

    /// Ends the response, unless it was started already.
    public void write(RoutingContext request, ProblemException problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        attach(request, problem);
        response.setStatusCode(problem.problem().status())
                .putHeader("Content-Type", mediaType(request));
        problem.headers().forEach(response::putHeader);
        response.end(body(ProblemDocument.of(problem, RequestId.of(request))));
    }

    private static void attach(RoutingContext request, ProblemException problem) {
        request.put(ATTRIBUTE, problem.problem());
        if (problem.problem() != Problem.NOT_FOUND) { // metrics have a separate value for it
            PathTemplate.setNone(request);
        }
    }

    /// The media type of the problem document: plain JSON, since Resend's SDKs for Go, PHP, Python
    /// and Ruby decode nothing else, unless the client accepts that of RFC 9457.
    private static String mediaType(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.toLowerCase(Locale.ROOT).contains(PROBLEM_JSON)
                ? PROBLEM_JSON
                : MediaType.APPLICATION_JSON;
    }

    private String body(ProblemDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
