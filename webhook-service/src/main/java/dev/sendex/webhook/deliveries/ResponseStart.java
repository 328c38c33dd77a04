package dev.sendex.webhook.deliveries;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;

/// Reads the start of a response, which is kept to be shown. At most 64 KB are read; whoever goes
/// on after that is cut off, and has delivered nonetheless.
final class ResponseStart {

    private static final int READ = 64 * 1024;
    private static final int KEPT = 4 * 1024;

    private ResponseStart() {}

    static Uni<String> read(HttpClientResponse response) {
        return Uni.createFrom()
                .emitter(done -> {
                    Buffer body = Buffer.buffer();
                    response.exceptionHandler(done::fail);
                    response.endHandler(_ -> done.complete(start(body)));
                    response.handler(part -> {
                        body.appendBuffer(part);
                        if (body.length() > READ) {
                            done.complete(start(body));
                            response.request().reset();
                        }
                    });
                });
    }

    private static String start(Buffer body) {
        return body.getString(0, Math.min(body.length(), KEPT), StandardCharsets.UTF_8.name())
                .replace("\0", "");
    }
}
