package dev.sendex.key.introspection;

import dev.sendex.common.runtime.ContentLength;
import dev.sendex.key.clients.OAuthRefusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// Gathers what a request brings, and no more of it than a limit, whether it announces its length
/// or not.
final class BoundedBody {

    /// Times the limit. Who sends a little too much gets to read why; who goes on is cut off.
    private static final int DISCARDED = 16;

    private final Buffer body = Buffer.buffer();
    private final HttpServerRequest request;
    private final long limit;
    private final UniEmitter<? super Buffer> emitter;
    private long received;

    private BoundedBody(HttpServerRequest request, long limit, UniEmitter<? super Buffer> emitter) {
        this.request = request;
        this.limit = limit;
        this.emitter = emitter;
    }

    /// The whole body. Fails with [OAuthRefusal] where it is larger, as soon as that shows, or ends
    /// too early.
    ///
    /// @param limit in bytes
    static Uni<Buffer> read(HttpServerRequest request, long limit) {
        return Uni.createFrom().emitter(emitter -> new BoundedBody(request, limit, emitter).read());
    }

    private void read() {
        request.exceptionHandler(_ ->
                        emitter.fail(
                                OAuthRefusal.invalidRequest(
                                        "The body is incomplete. Send all of it.")))
                .endHandler(_ -> emitter.complete(body))
                .handler(this::add);
        if (ContentLength.of(request) > limit) {
            emitter.fail(OAuthRefusal.payloadTooLarge(limit));
        } else if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    private void add(Buffer part) {
        received += part.length();
        if (received <= limit) {
            body.appendBuffer(part);
        } else if (received <= DISCARDED * limit) {
            emitter.fail(OAuthRefusal.payloadTooLarge(limit));
        } else {
            request.connection().close();
        }
    }
}
