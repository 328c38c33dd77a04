package dev.sendex.key.introspection;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/// A response of the introspection endpoint.
///
/// @param mediaType without a charset, which some clients refuse
/// @param headers in addition to those of every response
record IntrospectionAnswer(int status, String mediaType, Buffer body, Map<String, String> headers) {

    IntrospectionAnswer {
        headers = Map.copyOf(headers);
    }

    void writeTo(HttpServerResponse response) {
        response.setStatusCode(status)
                .putHeader("Content-Type", mediaType)
                .putHeader("Cache-Control", "no-store");
        headers.forEach(response::putHeader);
        response.end(body);
    }
}
