package dev.sendex.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client of the stack's public API.
final class PublicApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI gateway;

    PublicApi(URI gateway) {
        this.gateway = gateway;
    }

    Answer get(String path, String bearer) throws IOException {
        return send(path, request(path, bearer).GET().build());
    }

    Answer post(String path, @Nullable String bearer, Map<String, Object> body) throws IOException {
        HttpRequest.BodyPublisher json =
                HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        return send(
                path,
                request(path, bearer)
                        .header("Content-Type", "application/json")
                        .POST(json)
                        .build());
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path, @Nullable String bearer) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(ANSWER_LIMIT);
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    private Answer send(String path, HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(path, response.statusCode(), JSON.readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// A response.
    record Answer(String path, int status, JsonNode body) {

        JsonNode required(int expected) throws StackFailure {
            if (status != expected) {
                throw new StackFailure(
                        "%s answered %d, expected %d: %s"
                                .formatted(path, status, expected, body.path("detail").asText()));
            }
            return body;
        }
    }
}
