package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.pgclient.PgConnectOptions;
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

    String apiKey() {
        return stack.at("/demo/api_key").textValue();
    }

    /// What was measured, and where.
    String conditions() {
        return "Services: %s; PostgreSQL with fsync, Kafka, the load and all services on %d cores."
                .formatted(
                        isNative() ? "native executables" : "JVM with the whole compiler",
                        Runtime.getRuntime().availableProcessors());
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

    /// The processes of the instances of a service.
    List<ProcessHandle> processes(String service) {
        return StreamSupport.stream(stack.at("/services/" + service + "/pids").spliterator(), false)
                .map(pid -> process(pid.longValue()))
                .toList();
    }

    ProcessHandle broker() {
        return process(stack.at("/kafka/pid").longValue());
    }

    private static ProcessHandle process(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow(() -> new IllegalStateException("process " + pid + " is gone"));
    }

    ProcessHandle server() {
        return process(stack.at("/postgres/pid").longValue());
    }

    ProcessHandle sandbox() {
        return process(stack.path("ses_sandbox_pid").longValue());
    }

    /// A database on the stack's PostgreSQL server.
    PgConnectOptions postgres(String database) {
        String url = stack.at("/postgres/url").textValue().replaceFirst("/[^/]*$", "/" + database);
        return PgConnectOptions.fromUri(url)
                .setUser(databaseUser())
                .setPassword(databasePassword());
    }

    String kafka() {
        return stack.at("/kafka/bootstrap").textValue();
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

    /// The API contract that a service serves.
    JsonNode contract(String service) throws IOException, InterruptedException {
        URI address = url(service).resolve("/openapi?format=json");
        return answer(
                http.send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// The newest mail in the SES sandbox.
    JsonNode sandboxMessages(int limit) throws IOException, InterruptedException {
        return answer(
                http.send(
                        HttpRequest.newBuilder(sandboxUrl("/messages?limit=" + limit)).build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// The source of one of the sandbox's emails.
    byte[] sandboxSource(String messageId) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        HttpRequest.newBuilder(sandboxUrl("/messages/" + messageId + ".eml"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        requireSuccess(response);
        return response.body();
    }

    /// Changes switches of the SES sandbox.
    void controlSandbox(Map<String, ?> switches) throws IOException, InterruptedException {
        requireSuccess(
                http.send(
                        HttpRequest.newBuilder(sandboxUrl("/control"))
                                .PUT(
                                        HttpRequest.BodyPublishers.ofByteArray(
                                                JSON.writeValueAsBytes(switches)))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray()));
    }

    URI sandboxUrl(String path) {
        return URI.create(stack.path("ses_sandbox").textValue() + path);
    }

    private static JsonNode answer(HttpResponse<byte[]> response) throws IOException {
        requireSuccess(response);
        return JSON.readTree(response.body());
    }

    private static void requireSuccess(HttpResponse<?> response) throws IOException {
        if (response.statusCode() >= 300) {
            throw new IOException("answered " + response.statusCode());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
