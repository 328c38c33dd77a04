package dev.sendex.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Measures how many emails send-service accepts durably while none are sent, compared with plain
/// inserts into the same PostgreSQL server.
final class AcceptBench {

    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64, 256);
    private static final int ROUNDS = 3;

    /// More connections than these make inserts slower, and PostgreSQL has no more than 200.
    private static final int MAX_INSERTERS = 64;

    private static final int PACED_CONNECTIONS = 256;
    private static final double LEAST_RATIO = 0.5;
    private static final double LEAST_RATE = 3_313;
    private static final double MAX_P99_MILLIS = 20;
    private static final String OK = "HTTP/1.1 200 ";

    private final InetSocketAddress server;
    private final byte[] request;
    private final InsertLoad inserts;
    private final Duration round;
    private final Report report;

    private AcceptBench(Call call, InsertLoad inserts, Duration round, Report report) {
        this.server = call.server();
        this.request = call.bytes();
        this.inserts = inserts;
        this.round = round;
        this.report = report;
    }

    /// One round of both.
    private record Pair(ClosedLoop.Load accepts, ClosedLoop.Load inserts) {

        double ratio() {
            return accepts.perSecond() / inserts.perSecond();
        }
    }

    /// Arguments: the path of `stack.json`, the folder for the report and the seconds of a round.
    static void main(String[] arguments) throws IOException {
        TimeLimit.start(LIMIT);
        Report report = new Report("Accepting emails");
        try (StackClient stack = new StackClient(Path.of(arguments[0]))) {
            SampleEmail email = SampleEmail.from(stack.domain());
            Call call =
                    Call.json(
                            stack.url("send-service").resolve("/v1/emails"),
                            stack.apiKey(),
                            email.body());
            report.note(stack.conditions());
            report.note(
                    "POST /v1/emails of %d bytes, straight to send-service, which sends none of them."
                            .formatted(call.body().length()));
            try (InsertLoad inserts =
                    InsertLoad.open(stack.postgres("postgres"), email, MAX_INSERTERS)) {
                Duration round = Duration.ofSeconds(Long.parseLong(arguments[2]));
                new AcceptBench(call, inserts, round, report).run();
            }
        } finally {
            report.publish(Path.of(arguments[1]), "send-accept");
        }
    }

    private void run() throws IOException {
        report.note(
                ("%d rounds of %d s of each, by turns; medians of the rounds. The inserts use at"
                                + " most %d connections.")
                        .formatted(ROUNDS, round.toSeconds(), MAX_INSERTERS));
        pair(MAX_INSERTERS);
        Map<Integer, List<Pair>> pairs = new LinkedHashMap<>();
        for (int connections : CONNECTIONS) {
            List<Pair> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(pair(connections));
            }
            pairs.put(connections, rounds);
        }
        pairs.forEach(this::add);
        double rate = best(pairs, pair -> pair.accepts().perSecond());
        report.add("accepts, best of the above", rate, "/s", Limit.atLeast(LEAST_RATE));
        report.add(
                "accepts ÷ inserts, best of both",
                rate / best(pairs, pair -> pair.inserts().perSecond()),
                "",
                Limit.atLeast(LEAST_RATIO));
        addPaced(rate / 2);
    }

    private Pair pair(int connections) throws IOException {
        return new Pair(
                ClosedLoop.run(server, connections, round, () -> request, AcceptBench::isAccepted),
                inserts.run(Math.min(connections, MAX_INSERTERS), round));
    }

    static boolean isAccepted(String answer) {
        return answer.startsWith(OK) && answer.contains("\"id\":\"");
    }

    private void add(int connections, List<Pair> rounds) {
        String at = connections == 1 ? ", 1 connection" : ", %d connections".formatted(connections);
        report.add("accepts" + at, median(rounds, pair -> pair.accepts().perSecond()), "/s");
        report.add("inserts" + at, median(rounds, pair -> pair.inserts().perSecond()), "/s");
        report.add("accepts ÷ inserts" + at, median(rounds, Pair::ratio), "");
        for (double share : List.of(0.5, 0.99)) {
            String name = "%s, p%.0f".formatted("%s" + at, 100 * share);
            report.add(
                    name.formatted("accepts"),
                    median(rounds, pair -> pair.accepts().times().percentile(share)),
                    "ms");
            report.add(
                    name.formatted("inserts"),
                    median(rounds, pair -> pair.inserts().times().percentile(share)),
                    "ms");
        }
    }

    private void addPaced(double perSecond) throws IOException {
        List<ClosedLoop.Load> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(
                    PacedLoop.run(
                            server,
                            PACED_CONNECTIONS,
                            perSecond,
                            round,
                            () -> request,
                            AcceptBench::isAccepted));
        }
        String at = "accepts at %.0f /s, open loop, ".formatted(perSecond);
        report.add(at + "p50", median(rounds, load -> load.times().median()), "ms");
        report.add(
                at + "p99",
                median(rounds, load -> load.times().percentile(0.99)),
                "ms",
                Limit.below(MAX_P99_MILLIS));
    }

    private static double best(Map<Integer, List<Pair>> pairs, ToDoubleFunction<Pair> rate) {
        return pairs.values().stream()
                .mapToDouble(rounds -> median(rounds, rate))
                .max()
                .orElseThrow();
    }

    static <T> double median(List<T> rounds, ToDoubleFunction<T> figure) {
        return Samples.of(rounds.stream().mapToDouble(figure).boxed().toList()).median();
    }
}
