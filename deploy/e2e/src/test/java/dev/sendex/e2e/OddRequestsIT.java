package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.e2e.OddRequests.OddRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// No request causes a server error, or an error in the log.
class OddRequestsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 8;

    /// An error, or a line of a stack trace.
    private static final Pattern ALARM = Pattern.compile(" (ERROR|FATAL) |^\\s+at [\\w.$]+\\(");

    private static final Pattern NEW_ENTRY = Pattern.compile("^\\d{4}-\\d\\d-\\d\\d[ T]");

    private static Stack stack;

    private final List<String> services = List.of("key-service", "send-service", "webhook-service");

    @BeforeAll
    static void start() {
        stack = Stack.start();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void no_request_causes_a_server_error_or_an_error_in_the_log() throws Exception {
        List<OddRequest> requests = new ArrayList<>();
        Map<String, String> ids = new TreeMap<>();
        List<String> credentials = credentials(ids);
        for (String service : services) {
            URI server = URI.create(service(service).required("url").textValue());
            JsonNode contract = contract(server);
            requests.addAll(new OddRequests(server, contract, ids, members(), credentials).all());
        }

        assertThat(failures(requests)).isEmpty();
        assertThat(alarms()).isEmpty();
    }

    @Test
    void responses_over_tls_have_strict_transport_security() throws Exception {
        for (String service : services) {
            URI server = URI.create(service(service).required("url").textValue());
            assertThat(headers(server, "X-Forwarded-Proto: https\r\n"))
                    .containsIgnoringCase("Strict-Transport-Security: max-age=31536000\r\n");
            assertThat(headers(server, "X-Forwarded-Proto: http\r\n"))
                    .doesNotContainIgnoringCase("Strict-Transport-Security");
        }
    }

    private static Map<String, String> failures(List<OddRequest> requests) throws Exception {
        Map<String, String> failures = new ConcurrentSkipListMap<>();
        try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> answers = new ArrayList<>();
            for (OddRequest request : requests) {
                answers.add(connections.submit(() -> judge(request, failures)));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
        return failures;
    }

    private static void judge(OddRequest request, Map<String, String> failures) {
        try {
            int status = Wire.status(request.server(), request.bytes());
            boolean isRefused = status >= 100 && status < 500;
            if (!isRefused && status != 501 && status != 505) {
                failures.put(request.name(), "answered by " + status);
            }
        } catch (IOException silence) {
            failures.put(request.name(), silence.toString());
        }
    }

    private static List<String> alarms() throws IOException {
        List<String> alarms = new ArrayList<>();
        try (var files = Files.list(stack.data().resolve("logs"))) {
            for (Path file : files.filter(OddRequestsIT::isOfAService).toList()) {
                alarms.addAll(alarms(Files.readAllLines(file)));
            }
        }
        return alarms;
    }

    /// Ignores warnings of blocked threads, which depend on the speed of the machine.
    private static List<String> alarms(List<String> log) {
        List<String> alarms = new ArrayList<>();
        boolean ofSlowness = false;
        for (String line : log) {
            if (NEW_ENTRY.matcher(line).find()) {
                ofSlowness = line.contains("BlockedThreadChecker");
            }
            if (!ofSlowness && ALARM.matcher(line).find()) {
                alarms.add(line);
            }
        }
        return alarms;
    }

    private static boolean isOfAService(Path log) {
        return log.getFileName().toString().contains("-service");
    }

    /// Credentials of an owner, a key with all permissions, a resource server, and none; adds the
    /// ids of their resources.
    private static List<String> credentials(Map<String, String> ids) {
        Api owner = Api.signedUp(stack);
        String session = owner.token();
        String key = owner.key(Map.of("type", "full_access")).path("token");
        ids.put("/v1/members", owner.get("/v1/members").path("data[0].id"));
        ids.put(
                "/v1/api-keys",
                owner.key(Map.of("permissions", List.of("emails:send"))).path("id"));
        ids.put("/v1/domains", owner.post("/v1/domains", Map.of("name", "odd.example")).path("id"));
        Map<String, Object> webhook =
                Map.of("endpoint", "https://hooks.example/in", "events", List.of("email.sent"));
        ids.put("/v1/webhooks", owner.post("/v1/webhooks", webhook).path("id"));
        Stack.Demo demo = stack.demo();
        Api sender = owner.as(demo.apiKey());
        ids.put(
                "/v1/emails",
                sender.send("hello@" + demo.domain(), "success@simulator.amazonses.com")
                        .path("id"));
        JsonNode introspection = stack.description().required("introspection");
        String client =
                introspection.required("client_id").textValue()
                        + ":"
                        + introspection.required("client_secret").textValue();
        return List.of(
                "Authorization: Bearer " + session + "\r\n",
                "Authorization: Bearer " + key + "\r\n",
                "Authorization: Bearer " + demo.apiKey() + "\r\n",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(client.getBytes())
                        + "\r\n",
                "");
    }

    private static Map<String, JsonNode> members() throws IOException {
        Map<String, JsonNode> members = new TreeMap<>();
        members.put("from", JSON.readTree("\"hello@%s\"".formatted(stack.demo().domain())));
        members.put("to", JSON.readTree("[\"success@simulator.amazonses.com\"]"));
        members.put("permissions", JSON.readTree("[\"emails:send\"]"));
        members.put("events", JSON.readTree("[\"email.sent\"]"));
        members.put("endpoint", JSON.readTree("\"https://hooks.example/in\""));
        members.put("allowed_ips", JSON.readTree("[\"192.0.2.0/24\"]"));
        members.put("password", JSON.readTree("\"a long enough passphrase\""));
        return members;
    }

    private static JsonNode service(String name) {
        return stack.description().required("services").required(name);
    }

    private static JsonNode contract(URI server) throws IOException {
        try (InputStream document = server.resolve("/openapi?format=json").toURL().openStream()) {
            return JSON.readTree(document);
        }
    }

    private static String headers(URI server, String header) throws IOException {
        String request =
                "GET /v1/none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n";
        return Wire.answer(server, request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
