package dev.sendex.webhook.deliveries;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;

/// Reads the first 4 KB of a response, to be stored with the attempt. After 64 KB the connection is
/// reset; the attempt still counts by its status.
final class ResponseStart {

    private static final int MAX_READ_BYTES = 64 * 1024;
    private static final int STORED_BYTES = 4 * 1024;

    private ResponseStart() {}

    static Uni<String> read(HttpClientResponse response) {
        return Uni.createFrom()
                .emitter(done -> {
                    Buffer body = Buffer.buffer();
                    response.exceptionHandler(done::fail);
                    response.endHandler(_ -> done.complete(start(body)));
                    response.handler(part -> {
                        body.appendBuffer(part);
                        if (body.length() > MAX_READ_BYTES) {
                            done.complete(start(body));
                            response.request().reset();
                        }
                    });
                });
    }

    private static String start(Buffer body) {
        return body.getString(
                        0, Math.min(body.length(), STORED_BYTES), StandardCharsets.UTF_8.name())
                .replace("\0", "");
    }
}
