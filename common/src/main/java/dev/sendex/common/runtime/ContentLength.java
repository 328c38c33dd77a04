package dev.sendex.common.runtime;

import io.vertx.core.http.HttpServerRequest;

/// How many bytes a request says that it brings.
public final class ContentLength {

    private ContentLength() {}

    /// The number in the header `Content-Length`: 0 where there is none, the largest there is where
    /// it is no number.
    public static long of(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException beyondAnyLimit) {
            return Long.MAX_VALUE;
        }
    }
}
