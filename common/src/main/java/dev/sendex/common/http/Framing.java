package dev.sendex.common.http;

import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import dev.sendex.common.problem.ProblemWriter;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/// Where a request ends is never a matter of opinion (RFC 9112, section 6), or a proxy in front
/// would take for a body what a service takes for the next request. Netty refuses a length beside a
/// transfer coding and chunks of no sound size; a coding other than `chunked` is refused here, as
/// are two hosts. HTTP/2 without TLS, to which a client could switch behind a proxy's back, is not
/// spoken.
@ApplicationScoped
class Framing implements HttpServerOptionsCustomizer {

    private static final int AFTER_THE_REQUEST_HAS_ITS_ID = 9_900;

    private final ProblemWriter writer;

    Framing(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseDoubtful, AFTER_THE_REQUEST_HAS_ITS_ID);
    }

    private void refuseDoubtful(RoutingContext request) {
        MultiMap headers = request.request().headers();
        List<String> codings = headers.getAll("Transfer-Encoding");
        boolean isOnlyChunked =
                codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
        if (!codings.isEmpty() && !isOnlyChunked) {
            refuse(
                    request,
                    "`chunked` is the only supported transfer coding. Send it once, or send"
                            + " Content-Length.");
        } else if (headers.getAll("Host").size() > 1) {
            refuse(request, "Send one valid Host header.");
        } else {
            request.next();
        }
    }

    private void refuse(RoutingContext request, String detail) {
        request.response().putHeader("Connection", "close");
        request.response().endHandler(_ -> request.request().connection().close());
        writer.write(request, MALFORMED_REQUEST.because(detail));
    }
}
