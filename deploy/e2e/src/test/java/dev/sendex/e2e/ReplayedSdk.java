package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// An SDK that cannot run in this build: the requests that it sends, and the responses that it can
/// parse, from a file in `deploy/e2e/sdks/replayed`.
record ReplayedSdk(String name, JsonNode table) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static List<ReplayedSdk> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(ReplayedSdk::read).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ReplayedSdk read(Path file) {
        try {
            JsonNode table = JSON.readTree(file.toFile());
            return new ReplayedSdk(table.required("sdk").textValue(), table);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    List<JsonNode> requests() {
        return elements(table.required("requests"));
    }

    /// Sends a request as the SDK does, and checks the response as strictly as the SDK parses it.
    ///
    /// @param values of the placeholders in paths and bodies
    void replay(JsonNode request, URI gateway, String key, Map<String, String> values)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                CLIENT.send(request(request, gateway, key, values), BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as(response.body())
                .isEqualTo(request.required("status").intValue());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
        JsonNode answer = JSON.readTree(response.body());
        check(answer, table.required("answers").required(request.required("answer").textValue()));
        if (response.statusCode() >= 400) {
            checkError(answer, response.statusCode());
        }
    }

    private HttpRequest request(
            JsonNode request, URI gateway, String key, Map<String, String> values) {
        // Names below `localhost` are not resolved everywhere, so the host is set in the header.
        String base = table.required("base").textValue();
        String path = base.substring(base.indexOf('}') + 1) + request.required("path").textValue();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(gateway.resolve(filled(path, values)))
                        .method(request.required("method").textValue(), body(request, values))
                        .header("Authorization", "Bearer " + request.path("key").asText(key));
        if (base.startsWith("{api}")) {
            builder.header("Host", "api.localhost:" + gateway.getPort());
        }
        headers(builder, table.required("headers"));
        headers(builder, request.path("headers"));
        return builder.build();
    }

    private static void headers(HttpRequest.Builder builder, JsonNode headers) {
        headers.properties()
                .forEach(header -> builder.setHeader(header.getKey(), header.getValue().asText()));
    }

    private static BodyPublisher body(JsonNode request, Map<String, String> values) {
        if (!request.has("body")) {
            return BodyPublishers.noBody();
        }
        byte[] body =
                filled(request.required("body").toString(), values)
                        .getBytes(StandardCharsets.UTF_8);
        return request.path("chunked").asBoolean()
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))
                : BodyPublishers.ofByteArray(body);
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text.replace("{new}", "new-" + UUID.randomUUID() + ".example");
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private void checkError(JsonNode answer, int status) {
        assertThat(answer.path("statusCode").intValue()).isEqualTo(status);
        if (table.has("names")) {
            assertThat(texts(table.required("names"))).contains(answer.path("name").textValue());
        }
    }

    private static void check(JsonNode answer, JsonNode rules) {
        rules.properties()
                .forEach(rule -> {
                    List<JsonNode> found =
                            find(List.of(answer), rule.getKey().split("\\.", -1)).toList();
                    assertThat(found).as("%s in %s", rule.getKey(), answer).isNotEmpty();
                    found.forEach(value ->
                            assertThat(fits(value, rule.getValue()))
                                    .as("%s is %s in %s", rule.getKey(), value, answer)
                                    .isTrue());
                });
    }

    /// The values at a path such as `records[].status`.
    private static Stream<JsonNode> find(List<JsonNode> nodes, String[] place) {
        Stream<JsonNode> found = nodes.stream();
        for (String step : place) {
            String member = step.replace("[]", "");
            found = found.map(node -> node.path(member));
            if (step.endsWith("[]")) {
                found = found.flatMap(ReplayedSdk::orMissing);
            }
        }
        return found;
    }

    private static Stream<JsonNode> orMissing(JsonNode list) {
        return list.isArray() ? elements(list).stream() : Stream.of(MissingNode.getInstance());
    }

    private static boolean fits(JsonNode value, JsonNode rule) {
        if (rule.isArray()) {
            return value.isTextual() && texts(rule).contains(value.textValue());
        }
        return switch (rule.textValue()) {
            case "text" -> value.isTextual() && !value.textValue().isEmpty();
            case "uuid" -> UUID.fromString(value.textValue()).toString().equals(value.textValue());
            case "time" -> Instant.parse(value.textValue()).getEpochSecond() > 0;
            case "boolean" -> value.isBoolean();
            case "number" -> value.isInt();
            case "list" -> value.isArray();
            default -> throw new IllegalArgumentException("no such rule: " + rule);
        };
    }

    private static List<String> texts(JsonNode list) {
        return elements(list).stream().map(JsonNode::textValue).toList();
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
