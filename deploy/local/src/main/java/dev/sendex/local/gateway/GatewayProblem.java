package dev.sendex.local.gateway;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// The errors of the gateway itself, in the same format as the services' problems.
enum GatewayProblem {
    MALFORMED_REQUEST(
            400,
            "malformed_request",
            "validation_error",
            "The request is malformed",
            "The request is not valid HTTP/1.1. `chunked` is the only supported transfer coding."
                    + " Send it once, or send Content-Length."),
    URI_TOO_LONG(
            414,
            "payload_too_large",
            "validation_error",
            "The request is too large",
            "The URI of the request is too long. Shorten it."),
    HEADERS_TOO_LARGE(
            431,
            "payload_too_large",
            "validation_error",
            "The request is too large",
            "The headers of the request are larger than 8 KB. Check that the `Authorization` header"
                    + " holds an API key and nothing else."),
    NOT_FOUND(404, "not_found", "not_found", "Resource not found", "No such route."),
    SERVICE_UNAVAILABLE(
            503,
            "service_unavailable",
            "application_error",
            "The service is temporarily unavailable",
            "The service behind this route cannot be reached. Try again in a moment.");

    private final int status;
    private final String code;
    private final String name;
    private final String title;
    private final String detail;

    GatewayProblem(int status, String code, String name, String title, String detail) {
        this.status = status;
        this.code = code;
        this.name = name;
        this.title = title;
        this.detail = detail;
    }

    /// The problem of a request that Netty cannot parse.
    static GatewayProblem of(Throwable cause) {
        return switch (cause) {
            case TooLongHttpHeaderException _ -> HEADERS_TOO_LARGE;
            case TooLongHttpLineException _ -> URI_TOO_LONG;
            default -> MALFORMED_REQUEST;
        };
    }

    ProxyResponse answer(ProxyContext context) {
        String requestId = UUID.randomUUID().toString();
        ProxyResponse response = context.request().release().response().setStatusCode(status);
        response.putHeader("Content-Type", "application/json");
        response.putHeader("X-Request-Id", requestId);
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        }
        return response.setBody(Body.body(Buffer.buffer(body(requestId))));
    }

    Future<Void> answer(HttpServerResponse response) {
        String requestId = UUID.randomUUID().toString();
        return response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Request-Id", requestId)
                .end(body(requestId));
    }

    /// The last response of a connection.
    FullHttpResponse response() {
        String requestId = UUID.randomUUID().toString();
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(status),
                        Unpooled.copiedBuffer(body(requestId), StandardCharsets.UTF_8));
        response.headers()
                .set("Connection", "close")
                .set("Content-Type", "application/json")
                .set("Content-Length", response.content().readableBytes())
                .set("X-Request-Id", requestId);
        return response;
    }

    private String body(String requestId) {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("statusCode", status)
                .put("name", name)
                .put("message", detail)
                .put("code", code)
                .put("request_id", requestId)
                .encode();
    }
}
