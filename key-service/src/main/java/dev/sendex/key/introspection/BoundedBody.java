package dev.sendex.key.introspection;

import dev.sendex.key.clients.OAuthRefusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/// Gathers what a request brings, and no more of it than a limit, whether it announces its length
/// or not.
final class BoundedBody {

    private final Buffer body = Buffer.buffer();
    private final long limit;
    private final UniEmitter<? super Buffer> emitter;

    private BoundedBody(long limit, UniEmitter<? super Buffer> emitter) {
        this.limit = limit;
        this.emitter = emitter;
    }

    /// The whole body. Fails with [OAuthRefusal] where it is larger, as soon as that shows, or ends
    /// too early.
    ///
    /// @param limit in bytes
    static Uni<Buffer> read(HttpServerRequest request, long limit) {
        return Uni.createFrom().emitter(emitter -> new BoundedBody(limit, emitter).read(request));
    }

    private void read(HttpServerRequest request) {
        request.exceptionHandler(_ -> emitter.fail(OAuthRefusal.invalidRequest("Send all of it.")))
                .endHandler(_ -> emitter.complete(body))
                .handler(this::add);
    }

    private void add(Buffer part) {
        if (body.length() + part.length() <= limit) {
            body.appendBuffer(part);
        } else {
            emitter.fail(OAuthRefusal.payloadTooLarge(limit));
        }
    }
}
