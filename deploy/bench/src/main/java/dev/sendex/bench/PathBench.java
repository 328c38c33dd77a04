package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Measures how long each step of an email takes on an idle stack, one email at a time.
///
/// All parts run on one machine and share a clock. Event times have a resolution of milliseconds.
final class PathBench {

    private static final int WARM_UP = 300;
    private static final int MEASURED = 500;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private PathBench() {}

    /// Arguments: the path of `stack.json` and the folder for the report.
    static void main(String[] arguments) throws IOException, InterruptedException {
        try (StackClient client = new StackClient(Path.of(arguments[0]));
                WebhookReceiver receiver = new WebhookReceiver()) {
            client.post(
                    "/v1/webhooks",
                    Map.of(
                            "endpoint", receiver.url(),
                            "events", List.of("email.sent", "email.delivered")));
            send(client, WARM_UP);
            awaitWebhooks(receiver, 2 * WARM_UP);
            receiver.ages().clear();
            Map<String, Instant> accepted = send(client, MEASURED);
            awaitWebhooks(receiver, 2 * MEASURED);
            Report report = new Report("From accepted to delivered, idle");
            addSending(report, client, accepted);
            addWebhooks(report, receiver);
            addProcesses(report, client.stack());
            report.publish(Path.of(arguments[1]), "path");
        }
    }

    /// Sends emails one after the other and records when each was accepted.
    private static Map<String, Instant> send(StackClient client, int count)
            throws IOException, InterruptedException {
        Map<String, Instant> accepted = new HashMap<>();
        Map<String, String> email =
                Map.of(
                        "from", "hello@" + client.domain(),
                        "to", "success@simulator.amazonses.com",
                        "subject", "Your order is confirmed",
                        "html", "<h1>Thanks for your order!</h1>");
        for (int i = 0; i < count; i++) {
            String id = client.post("/v1/emails", email).path("id").textValue();
            accepted.put(id, Instant.now());
            Thread.sleep(PAUSE);
        }
        return accepted;
    }

    private static void awaitWebhooks(WebhookReceiver receiver, int count)
            throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (receiver.ages().size() < count && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
    }

    /// The response and the sending run in parallel, so a time can be negative if SES had the email
    /// before the caller got the response.
    private static void addSending(Report report, StackClient client, Map<String, Instant> accepted)
            throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (JsonNode message : client.sandboxMessages(accepted.size())) {
            Instant at = accepted.get(message.at("/tags/sendex_email_id").textValue());
            if (at != null) {
                Instant received = Instant.parse(message.path("time").textValue());
                times.add(Duration.between(at, received).toNanos() / 1e6);
            }
        }
        Samples samples = Samples.of(times);
        String what = "accepted → SES sandbox, %s of %d".formatted("%s", samples.count());
        report.add(what.formatted("p50"), samples.percentile(0.5), "ms", Limit.below(15));
        report.add(what.formatted("p99"), samples.percentile(0.99), "ms", Limit.below(60));
    }

    private static void addWebhooks(Report report, WebhookReceiver receiver) {
        Samples samples = Samples.of(receiver.ages());
        String what = "SES event → webhook, %s of %d".formatted("%s", samples.count());
        report.add(what.formatted("p50"), samples.percentile(0.5), "ms", Limit.below(30));
        report.add(what.formatted("p99"), samples.percentile(0.99), "ms", Limit.below(100));
    }

    private static void addProcesses(Report report, JsonNode stack) throws IOException {
        for (Map.Entry<String, JsonNode> service : stack.path("services").properties()) {
            long pid = service.getValue().path("pids").path(0).longValue();
            report.add(service.getKey() + ", resident", resident(pid), "MB", Limit.below(100));
        }
    }

    private static double resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return Double.NaN;
    }
}
