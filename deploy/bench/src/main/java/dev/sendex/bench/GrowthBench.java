package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sendex.bench.EmailTable.Mark;
import dev.sendex.bench.EmailTable.SentEmail;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measures whether requests get slower as the tables grow, and keeps the plans of the statements
/// behind them.
final class GrowthBench {

    private static final Duration LIMIT = Duration.ofMinutes(60);
    private static final long FEW = 1_000;
    private static final int CONNECTIONS = 4;
    private static final double MAX_GROWTH = 1.2;
    private static final String OK = "HTTP/1.1 200 ";
    private static final Pattern PLAN =
            Pattern.compile(
                    "duration: [0-9.]+ ms +plan:.*?(?=\n\\d{4}-\\d\\d-\\d\\d |\\z)",
                    Pattern.DOTALL);
    private static final Pattern SEQUENTIAL = Pattern.compile("Seq Scan on email\\w*");

    /// The filters of `GET /v1/emails` that are measured if the service has them.
    private static final Map<String, String> FILTERS =
            Map.of(
                    "status", "delivered",
                    "to", "success@simulator.amazonses.com",
                    "from", "hello@%s",
                    "subject", "order",
                    "domain", "%s",
                    "environment", "live");

    private final StackClient stack;
    private final GrownTables tables;
    private final Duration round;
    private final long most;
    private final Path folder;
    private final Path log;
    private final Report report;
    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, Double> whenFew = new LinkedHashMap<>();

    private GrowthBench(
            StackClient stack,
            GrownTables tables,
            Duration round,
            long most,
            Path folder,
            Path log,
            Report report) {
        this.stack = stack;
        this.tables = tables;
        this.round = round;
        this.most = most;
        this.folder = folder;
        this.log = log;
        this.report = report;
    }

    /// Arguments: the path of `stack.json`, the folder for the report, the seconds of a round and
    /// the greatest number of emails.
    static void main(String[] arguments) throws IOException, InterruptedException {
        TimeLimit.start(LIMIT);
        Report report = new Report("Requests as the tables grow");
        Path description = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        try (StackClient stack = new StackClient(description);
                GrownTables tables = new GrownTables(stack.postgres("sendex_send"))) {
            new GrowthBench(
                            stack,
                            tables,
                            Duration.ofSeconds(Long.parseLong(arguments[2])),
                            Long.parseLong(arguments[3]),
                            folder,
                            description.resolveSibling("logs").resolve("postgres.log"),
                            report)
                    .run();
        } finally {
            report.publish(folder, "send-growth");
        }
    }

    private void run() throws IOException, InterruptedException {
        report.note(stack.conditions());
        report.note(
                "Closed loop over %d connections, %d s of each request; p99."
                        .formatted(CONNECTIONS, round.toSeconds()));
        Mark original = sendOne();
        prepareCalls(original);
        for (long size : List.of(FEW, most)) {
            step("growing to %d emails".formatted(size));
            tables.growTo(size, original);
            step("measuring");
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                measure(call.getKey(), call.getValue(), size);
            }
        }
        keepPlans();
    }

    /// An email that was delivered, with all of its events and with an attachment, so that no table
    /// is empty.
    private Mark sendOne() throws IOException, InterruptedException {
        Map<String, Object> email = new LinkedHashMap<>(body());
        email.put("attachments", List.of(Map.of("filename", "terms.txt", "content", "VGVybXM=")));
        String id = stack.post("/v1/emails", email).path("id").textValue();
        try (EmailTable emails = new EmailTable(stack.postgres("sendex_send"))) {
            Mark mark = emails.mark();
            List<SentEmail> delivered = List.of();
            for (int i = 0; i < 300 && delivered.isEmpty(); i++) {
                Thread.sleep(100);
                delivered = emails.withStatus(mark.account(), "delivered", 1);
            }
            if (delivered.isEmpty()) {
                throw new IOException("%s was not delivered".formatted(id));
            }
            return new Mark(mark.account(), delivered.getFirst().id());
        }
    }

    private void prepareCalls(Mark original) throws IOException, InterruptedException {
        calls.put("accept", Call.json(url("/v1/emails"), stack.apiKey(), body()));
        calls.put("get", get("/v1/emails/" + original.email()));
        calls.put("list", get("/v1/emails"));
        calls.put(
                "list, the page after the first email",
                get("/v1/emails?after=" + original.email()));
        List<String> known = listParameters();
        List<String> missing = new ArrayList<>();
        FILTERS.forEach((name, value) -> {
            if (known.contains(name)) {
                String query = name + "=" + value.formatted(stack.domain());
                calls.put("list with " + name, get("/v1/emails?" + query));
            } else {
                missing.add(name);
            }
        });
        calls.put("stats", get("/v1/stats"));
        if (!stack.contract("send-service").path("paths").has("/v1/stats")) {
            calls.remove("stats");
            missing.add("GET /v1/stats");
        }
        if (!missing.isEmpty()) {
            report.note(
                    "Not measured, because the service has none: %s."
                            .formatted(String.join(", ", missing)));
        }
        report.note("Not measured: more than %d emails.".formatted(most));
    }

    private List<String> listParameters() throws IOException, InterruptedException {
        JsonNode contract = stack.contract("send-service");
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : contract.at("/paths/~1v1~1emails/get/parameters")) {
            String reference = parameter.path("$ref").asText();
            JsonNode resolved =
                    reference.isEmpty() ? parameter : contract.at(reference.substring(1));
            names.add(resolved.path("name").asText());
        }
        return names;
    }

    private Map<String, String> body() {
        return SampleEmail.from(stack.domain()).body();
    }

    private Call get(String path) {
        return Call.get(url(path), stack.apiKey());
    }

    private URI url(String path) {
        return stack.url("send-service").resolve(path);
    }

    private void measure(String name, Call call, long size) throws IOException {
        byte[] request = call.bytes();
        ClosedLoop.run(
                call.server(),
                CONNECTIONS,
                Duration.ofSeconds(1),
                () -> request,
                GrowthBench::isOk);
        double p99 =
                ClosedLoop.run(call.server(), CONNECTIONS, round, () -> request, GrowthBench::isOk)
                        .times()
                        .percentile(0.99);
        report.add("%s, %d emails".formatted(name, size), p99, "ms");
        if (size == FEW) {
            whenFew.put(name, p99);
        } else {
            report.add(
                    "%s, %d ÷ %d emails".formatted(name, size, FEW),
                    p99 / Objects.requireNonNull(whenFew.get(name)),
                    "",
                    Limit.below(MAX_GROWTH));
        }
    }

    private static boolean isOk(String answer) {
        return answer.startsWith(OK);
    }

    /// Runs every request once while PostgreSQL logs the plans.
    private void keepPlans() throws IOException, InterruptedException {
        step("explaining");
        long start = Files.size(log);
        tables.logPlans(true);
        try (LoadClient client = new LoadClient(1)) {
            for (Call call : calls.values()) {
                awaitOk(client, call);
            }
        }
        tables.logPlans(false);
        String written = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        Matcher plans = PLAN.matcher(written.substring((int) Math.min(start, written.length())));
        StringBuilder kept = new StringBuilder();
        int count = 0;
        int sequential = 0;
        while (plans.find()) {
            kept.append(plans.group()).append("\n\n");
            count++;
            sequential += SEQUENTIAL.matcher(plans.group()).find() ? 1 : 0;
        }
        Files.writeString(folder.resolve("send-plans.txt"), kept);
        report.note("The plans are in send-plans.txt.");
        report.add("plans of statements", count, "", Limit.atLeast(calls.size()));
        report.add("of these, with a sequential scan of emails", sequential, "", Limit.below(1));
    }

    /// The first requests after the connections were closed may fail.
    private static void awaitOk(LoadClient client, Call call)
            throws IOException, InterruptedException {
        int status = 0;
        for (int i = 0; i < 50 && status != 200; i++) {
            status = client.await(call).status();
            Thread.sleep(100);
        }
        if (status != 200) {
            throw new IOException("%s answered %d".formatted(call.options().getURI(), status));
        }
    }

    private static void step(String name) {
        System.err.println("… " + name);
    }
}
