package dev.sendex.key.introspection;

import dev.sendex.common.http.ContentLength;
import dev.sendex.key.clients.OAuthRefusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// Reads a request body up to a limit, whether or not the request declares its length.
final class BoundedBody {

    /// A multiple of the limit. A client that slightly exceeds the limit receives an error
    /// response; one that continues up to this size is disconnected.
    private static final int DISCARD_FACTOR = 16;

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

    /// The whole body. Fails with [OAuthRefusal] as soon as the body exceeds the limit, or if it
    /// ends early.
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
        } else if (received <= DISCARD_FACTOR * limit) {
            emitter.fail(OAuthRefusal.payloadTooLarge(limit));
        } else {
            request.connection().close();
        }
    }
}
