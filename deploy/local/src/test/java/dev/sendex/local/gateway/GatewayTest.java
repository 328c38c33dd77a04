package dev.sendex.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sendex.local.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    private static final String CHUNKED =
            "POST /v1/api-keys HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<HttpServer> servers = new ArrayList<>();
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway =
                Gateway.start(
                        0,
                        Map.of(
                                Service.KEY_SERVICE, List.of(echo("keys")),
                                Service.SEND_SERVICE, List.of(echo("first"), echo("second")),
                                Service.WEBHOOK_SERVICE, List.of(nobody())));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void requests_and_responses_are_forwarded_completely() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/v1/api-keys?limit=2")
                                .POST(HttpRequest.BodyPublishers.ofString("hello")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("keys POST /v1/api-keys?limit=2 hello");
    }

    @Test
    void instances_are_used_in_turn() throws Exception {
        assertThat(
                        List.of(
                                send(request("/v1/emails")).body().split(" ")[0],
                                send(request("/v1/emails")).body().split(" ")[0]))
                .containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void an_unreachable_instance_is_skipped() throws Exception {
        servers.get(1).stop(0);
        for (int i = 0; i < 4; i++) {
            assertThat(send(request("/v1/emails")).body()).startsWith("second");
        }
    }

    @Test
    void forwarding_headers_of_clients_are_replaced() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/v1/emails")
                                .header("X-Forwarded-For", "203.0.113.7")
                                .header("Forwarded", "for=203.0.113.7"));
        assertThat(answer.body())
                .contains("X-forwarded-for=[127.0.0.1]")
                .contains("X-forwarded-proto=[http]")
                .contains("X-forwarded-host=[127.0.0.1:" + gateway.port() + "]")
                .contains("Host=[127.0.0.1:" + gateway.port() + "]")
                .doesNotContain("203.0.113.7");
    }

    @Test
    void internal_paths_are_answered_404() throws Exception {
        HttpResponse<String> answer =
                send(
                        request("/oauth2/introspect")
                                .POST(HttpRequest.BodyPublishers.ofString("token=x")));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).contains("\"name\":\"not_found\"");
    }

    @Test
    void an_unreachable_service_is_answered_503_with_retry_after() throws Exception {
        HttpResponse<String> answer =
                send(request("/v1/webhooks").POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("\"code\":\"service_unavailable\"");
    }

    @Test
    void api_hosts_serve_the_api_at_their_root() throws Exception {
        String answer = talk("GET /api-keys HTTP/1.1\r\nHost: api.localhost\r\n\r\n", "[");
        assertThat(answer).contains("keys GET /v1/api-keys  [");
    }

    @Test
    void expect_100_continue_is_answered() throws Exception {
        String head =
                "POST /v1/api-keys HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                        + "Expect: 100-continue\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100 ");

            socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));

            assertThat(readUntil(socket, "keys POST /v1/api-keys hello"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void oversized_headers_are_answered_with_a_json_problem() throws Exception {
        for (int size : List.of(9_000, 300_000)) {
            String answer =
                    talk(
                            "POST /v1/emails HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + "x".repeat(size)
                                    + "\r\nContent-Length: 0\r\n\r\n",
                            "}");
            assertThat(answer)
                    .startsWith("HTTP/1.1 431 ")
                    .containsIgnoringCase("content-type: application/json")
                    .contains("\"name\":\"validation_error\"", "Authorization");
        }
    }

    @Test
    void an_oversized_uri_is_answered_with_a_json_problem() throws Exception {
        String answer =
                talk("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n", "}");
        assertThat(answer).contains(" 414 ", "\"code\":\"payload_too_large\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "100000002"})
    void an_invalid_chunk_size_is_answered_400_and_the_connection_is_closed(String size)
            throws Exception {
        String answer = talk(CHUNKED + size + "\r\n{}\r\n0\r\n\r\n" + CHUNKED, "nothing");
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsOnlyOnce("HTTP/1.1 ")
                .containsIgnoringCase("content-type: application/json")
                .containsIgnoringCase("connection: close")
                .endsWith("}")
                .contains("\"code\":\"malformed_request\"");
    }

    @Test
    void an_invalid_chunk_size_after_the_start_of_the_response_closes_the_connection()
            throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            String head = CHUNKED.replace("/v1/api-keys", "/v1/permissions") + "2\r\n{}\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil(socket, "early")).startsWith("HTTP/1.1 200 ");

            socket.getOutputStream().write("x\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(readUntil(socket, "nothing")).doesNotContain("HTTP/1.1 ");
        }
    }

    private String talk(String request, String end) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return readUntil(socket, end);
        }
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private URI echo(String name) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(name, exchange));
        server.createContext("/v1/permissions", GatewayTest::answerEarly);
        server.start();
        servers.add(server);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static URI nobody() {
        return URI.create("http://127.0.0.1:" + Ports.free());
    }

    private static void answer(String name, HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String echoed =
                    "%s %s %s %s %s"
                            .formatted(
                                    name,
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI(),
                                    body,
                                    exchange.getRequestHeaders().entrySet());
            byte[] bytes = echoed.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Responds before the request has ended.
    private static void answerEarly(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("early".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.getRequestBody().readAllBytes();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
