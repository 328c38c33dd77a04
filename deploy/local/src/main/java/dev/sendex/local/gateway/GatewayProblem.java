package dev.sendex.local.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;
import java.util.UUID;

/// What the gateway answers by itself, in the shape of every other problem.
enum GatewayProblem {
    MALFORMED_REQUEST(
            400,
            "malformed_request",
            "validation_error",
            "The request cannot be read",
            "`chunked` is the only transfer coding. Send it once, or Content-Length."),
    NOT_FOUND(404, "not_found", "not_found", "Not found", "There is nothing at this address."),
    SERVICE_UNAVAILABLE(
            503,
            "service_unavailable",
            "application_error",
            "Service unavailable",
            "The service behind this address cannot be reached at the moment; try again.");

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
