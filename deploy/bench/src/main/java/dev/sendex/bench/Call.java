package dev.sendex.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that can be sent repeatedly.
record Call(RequestOptions options, Buffer body) {

    private static final String FORM = "application/x-www-form-urlencoded";

    static Call get(URI url, String token) {
        return bearing(HttpMethod.GET, url, token);
    }

    static Call delete(URI url, String token) {
        return bearing(HttpMethod.DELETE, url, token);
    }

    /// A request with a JSON body, with or without a token.
    static Call json(URI url, @Nullable String token, Map<String, ?> body) {
        RequestOptions options =
                options(HttpMethod.POST, url).putHeader("Content-Type", "application/json");
        if (token != null) {
            options.putHeader("Authorization", "Bearer " + token);
        }
        return new Call(options, new JsonObject(Map.copyOf(body)).toBuffer());
    }

    /// A request with a form, with client credentials (HTTP Basic).
    static Call form(URI url, String client, String secret, String body) {
        String credentials = client + ":" + secret;
        String basic =
                Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        RequestOptions options =
                options(HttpMethod.POST, url)
                        .putHeader("Authorization", "Basic " + basic)
                        .putHeader("Content-Type", FORM)
                        .putHeader("Accept", "application/json");
        return new Call(options, Buffer.buffer(body));
    }

    InetSocketAddress server() {
        return new InetSocketAddress(options.getHost(), options.getPort());
    }

    /// The bytes of the request in HTTP/1.1 (RFC 9112).
    byte[] bytes() {
        StringBuilder head =
                new StringBuilder()
                        .append(
                                "%s %s HTTP/1.1\r\n"
                                        .formatted(options.getMethod(), options.getURI()))
                        .append("Host: %s:%d\r\n".formatted(options.getHost(), options.getPort()))
                        .append("Content-Length: %d\r\n".formatted(body.length()));
        options.getHeaders()
                .forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
        return Buffer.buffer(head.append("\r\n").toString()).appendBuffer(body).getBytes();
    }

    private static Call bearing(HttpMethod method, URI url, String token) {
        return new Call(
                options(method, url).putHeader("Authorization", "Bearer " + token),
                Buffer.buffer());
    }

    private static RequestOptions options(HttpMethod method, URI url) {
        return new RequestOptions().setMethod(method).setAbsoluteURI(url.toString());
    }

    @Override
    public String toString() {
        return "Call[hidden]";
    }
}
