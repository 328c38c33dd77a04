package dev.sendex.common.http;

import io.vertx.core.http.HttpServerRequest;

/// The declared length of a request's body.
public final class ContentLength {

    private ContentLength() {}

    /// The value of `Content-Length`: 0 if absent, the maximum if it is not a number.
    public static long of(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException beyondAnyLimit) {
            return Long.MAX_VALUE;
        }
    }
}
