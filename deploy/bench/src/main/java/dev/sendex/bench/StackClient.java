package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;

/// A caller of a running stack, as `stack.json` describes it.
final class StackClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonNode stack;

    StackClient(Path description) throws IOException {
        this.stack = JSON.readTree(description.toFile());
    }

    JsonNode stack() {
        return stack;
    }

    String domain() {
        return stack.at("/demo/domain").textValue();
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(stack.path("gateway").textValue() + path))
                        .header("Authorization", "Bearer " + stack.at("/demo/api_key").textValue())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build();
        return answer(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// The newest mail in the SES sandbox.
    JsonNode sandboxMessages(int limit) throws IOException, InterruptedException {
        URI address =
                URI.create(stack.path("ses_sandbox").textValue() + "/messages?limit=" + limit);
        return answer(
                http.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
    }

    private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException("answered " + response.statusCode());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
