package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// A client of a running stack, which `stack.json` describes.
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

    /// The first instance of a service.
    URI url(String service) {
        return instances(service).getFirst();
    }

    List<URI> instances(String service) {
        return addresses(service, "url");
    }

    /// The management addresses of the instances.
    List<URI> management(String service) {
        return addresses(service, "management");
    }

    private List<URI> addresses(String service, String kind) {
        JsonNode instances = stack.at("/services/" + service + "/instances");
        return StreamSupport.stream(instances.spliterator(), false)
                .map(instance -> URI.create(instance.path(kind).textValue()))
                .toList();
    }

    /// Whether the services are native executables.
    boolean isNative() {
        long pid = stack.at("/services/key-service/pids/0").longValue();
        return !process(pid).info().command().orElse("").endsWith("java");
    }

    ProcessHandle broker() {
        return process(stack.at("/kafka/pid").longValue());
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    }

    String jdbcUrl(String database) {
        return "jdbc:"
                + stack.at("/postgres/url").textValue().replaceFirst("/[^/]*$", "/" + database);
    }

    String databaseUser() {
        return stack.at("/postgres/user").textValue();
    }

    String databasePassword() {
        return stack.at("/postgres/password").textValue();
    }

    /// An introspection request for a token.
    Call introspection(String token) {
        JsonNode registered = stack.path("introspection");
        return Contender.question(
                URI.create(registered.path("url").textValue()),
                registered.path("client_id").textValue(),
                registered.path("client_secret").textValue(),
                token);
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
