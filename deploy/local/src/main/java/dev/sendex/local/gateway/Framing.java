package dev.sendex.local.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/// Rejects requests with ambiguous framing (RFC 9112, section 6). Netty rejects a length together
/// with a transfer coding; this class rejects transfer codings other than `chunked`, and
/// [MalformedRequests] what Netty cannot parse.
final class Framing implements Handler<HttpServerRequest> {

    private final Handler<HttpServerRequest> next;

    Framing(Handler<HttpServerRequest> next) {
        this.next = next;
    }

    @Override
    public void handle(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        if (codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
            next.handle(request);
            return;
        }
        request.response().putHeader("Connection", "close");
        GatewayProblem.MALFORMED_REQUEST
                .answer(request.response())
                .onComplete(_ -> request.connection().close());
    }
}
