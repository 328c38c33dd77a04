package dev.sendex.common.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/// Writes problem documents where no endpoint runs: in filters, on unknown routes, for failed
/// authentication.
@ApplicationScoped
public class ProblemWriter {

    private final ObjectMapper json;

    ProblemWriter(ObjectMapper json) {
        this.json = json;
    }

    /// Ends the response, unless it was started already.
    public void write(RoutingContext request, ProblemException problem) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        ProblemDocument.attach(request, problem);
        response.setStatusCode(problem.problem().status())
                .putHeader("Content-Type", ProblemDocument.mediaType(request));
        problem.headers().forEach(response::putHeader);
        response.end(body(ProblemDocument.of(problem, RequestId.of(request))));
    }

    private String body(ProblemDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
