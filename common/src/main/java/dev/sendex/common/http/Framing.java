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

/// Refuses requests whose end is ambiguous (RFC 9112, section 6): a proxy in front and this service
/// could disagree on where the next request starts (request smuggling). Netty refuses a
/// Content-Length together with a transfer coding, and malformed chunk sizes. Codings other than
/// `chunked` and several hosts are refused here. HTTP/2 without TLS, to which a client could
/// upgrade unnoticed by a proxy, is disabled.
@ApplicationScoped
class Framing implements HttpServerOptionsCustomizer {

    private static final int AFTER_REQUEST_ID = 9_900;

    private final ProblemWriter writer;

    Framing(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseAmbiguous, AFTER_REQUEST_ID);
    }

    private void refuseAmbiguous(RoutingContext request) {
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
