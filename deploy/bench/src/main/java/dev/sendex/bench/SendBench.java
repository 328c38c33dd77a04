package dev.sendex.bench;

import dev.sendex.bench.EmailTable.Mark;
import dev.sendex.bench.EmailTable.SentEmail;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Measures how many emails are sent, compared with a bare loop of the AWS client, what processor
/// time one takes, and how fast SES events are projected.
final class SendBench {

    private static final Duration LIMIT = Duration.ofMinutes(40);
    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 16;
    private static final int IN_FLIGHT = 64;
    private static final int FIRST_EMAILS = 200;
    private static final int MAX_EMAILS = 30_000;
    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(6);
    private static final double LEAST_RATIO = 0.7;
    private static final int UNLIMITED = 99_999_999;
    private static final Map<String, Limit> PROCESSOR_LIMITS =
            Map.of(
                    "send-service", Limit.below(1),
                    "PostgreSQL", Limit.below(0.6),
                    "Kafka", Limit.below(0.3));

    private final StackClient stack;
    private final EmailTable emails;
    private final SesEventsTopic topic;
    private final Duration round;
    private final Report report;
    private final InetSocketAddress server;
    private final byte[] request;
    private final SampleEmail email;
    private final ProcessorTimes processors = new ProcessorTimes();
    private final Map<String, Duration> processorTime = new LinkedHashMap<>();
    private final List<Double> bare = new ArrayList<>();
    private final List<Double> withoutEvents = new ArrayList<>();
    private final List<Double> withEvents = new ArrayList<>();
    private long emailsWithEvents;

    private SendBench(
            StackClient stack,
            EmailTable emails,
            SesEventsTopic topic,
            Duration round,
            Report report) {
        this.stack = stack;
        this.emails = emails;
        this.topic = topic;
        this.round = round;
        this.report = report;
        email = SampleEmail.from(stack.domain());
        Call call =
                Call.json(
                        stack.url("send-service").resolve("/v1/emails"),
                        stack.apiKey(),
                        email.body());
        server = call.server();
        request = call.bytes();
        for (String service : List.of("key-service", "send-service", "webhook-service")) {
            stack.processes(service).forEach(process -> processors.add(service, process));
        }
        processors.add("PostgreSQL", stack.server());
        processors.add("Kafka", stack.broker());
        processors.add("SES sandbox", stack.sandbox());
        processors.add("load", ProcessHandle.current());
    }

    /// Arguments: the path of `stack.json`, the folder for the report and the seconds of a round.
    static void main(String[] arguments) throws IOException, InterruptedException {
        TimeLimit.start(LIMIT);
        Report report = new Report("Sending emails");
        try (StackClient stack = new StackClient(Path.of(arguments[0]));
                EmailTable emails = new EmailTable(stack.postgres("sendex_send"));
                SesEventsTopic topic = new SesEventsTopic(stack.kafka())) {
            Duration round = Duration.ofSeconds(Long.parseLong(arguments[2]));
            new SendBench(stack, emails, topic, round, report).run();
        } finally {
            report.publish(Path.of(arguments[1]), "send");
        }
    }

    private void run() throws IOException, InterruptedException {
        report.note(stack.conditions());
        stack.controlSandbox(Map.of("max_24_hour_send", UNLIMITED, "max_send_rate", UNLIMITED));
        step("warming up");
        int count = warmUp();
        report.note(
                ("%d rounds of each by turns; of Sendex with %d emails of %d bytes, which are"
                                + " accepted over %d connections; of the AWS client %d s, with %d in flight.")
                        .formatted(
                                ROUNDS,
                                count,
                                request.length,
                                CONNECTIONS,
                                round.toSeconds(),
                                IN_FLIGHT));
        Mark mark = emails.mark();
        SentEmail delivered = emails.withStatus(mark.account(), "delivered", 1).getFirst();
        try (SesLoop loop =
                new SesLoop(
                        stack.sandboxUrl("/"), email, stack.sandboxSource(delivered.messageId()))) {
            loop.run(IN_FLIGHT, round);
            for (int i = 0; i < ROUNDS; i++) {
                step("round %d of %d".formatted(i + 1, ROUNDS));
                publishEvents(false);
                bare.add(loop.run(IN_FLIGHT, round));
                withoutEvents.add(send(count));
                publishEvents(true);
                withEvents.add(sendAndMeasure(count));
            }
        }
        addRates();
        addProcessorTime();
        step("projecting SES events");
        new EventsMeasure(stack, emails, topic).run(report, mark.account(), delivered);
        report.note("Events are projected while webhook-service is halted.");
    }

    /// Sends until everything is compiled and the sending rate of the sandbox is known.
    ///
    /// @return the number of emails that take about as long as a round
    private int warmUp() throws IOException, InterruptedException {
        publishEvents(true);
        accept(1);
        long end = System.nanoTime() + LEAST_WARM_UP.plus(round).toNanos();
        double rate = send(FIRST_EMAILS);
        while (System.nanoTime() < end) {
            rate = send(Math.clamp((long) rate, FIRST_EMAILS, MAX_EMAILS));
        }
        awaitEvents();
        return Math.clamp((long) (rate * round.toSeconds()), FIRST_EMAILS, MAX_EMAILS);
    }

    private void publishEvents(boolean publish) throws IOException, InterruptedException {
        stack.controlSandbox(Map.of("discard_events", !publish));
    }

    private void accept(int count) throws IOException {
        ClosedLoop.runTimes(server, CONNECTIONS, count, () -> request, AcceptBench::isAccepted);
    }

    /// @return emails per second, until the last one has been sent
    private double send(int count) throws IOException, InterruptedException {
        Mark mark = emails.mark();
        long start = System.nanoTime();
        accept(count);
        emails.awaitNoneAfter(mark, "queued");
        double rate = count * 1e9 / (System.nanoTime() - start);
        long failed = emails.countAfter(mark, "failed", "suppressed");
        if (failed > 0) {
            throw new IOException("%d emails were not sent".formatted(failed));
        }
        return rate;
    }

    /// Counts the processor time until all events have been consumed.
    private double sendAndMeasure(int count) throws IOException, InterruptedException {
        Mark mark = emails.mark();
        Map<String, Duration> before = processors.read();
        double rate = send(count);
        emails.awaitNoneAfter(mark, "queued", "sent");
        awaitEvents();
        processors
                .read()
                .forEach((name, time) ->
                        processorTime.merge(
                                name,
                                time.minus(before.getOrDefault(name, Duration.ZERO)),
                                Duration::plus));
        emailsWithEvents += count;
        return rate;
    }

    private void awaitEvents() throws IOException, InterruptedException {
        topic.awaitConsumed("send-service");
        topic.awaitConsumed("webhook-service");
    }

    private void addRates() {
        report.add("AWS client alone", Samples.of(bare).median(), "/s");
        report.add("accepted → sent, without SES events", Samples.of(withoutEvents).median(), "/s");
        report.add("accepted → sent, with SES events", Samples.of(withEvents).median(), "/s");
        report.add(
                "without SES events ÷ AWS client, median of the rounds",
                ratio(withoutEvents),
                "",
                Limit.atLeast(LEAST_RATIO));
        report.add("with SES events ÷ AWS client, median of the rounds", ratio(withEvents), "");
    }

    private double ratio(List<Double> rates) {
        return Samples.of(
                        IntStream.range(0, ROUNDS)
                                .mapToObj(i -> rates.get(i) / bare.get(i))
                                .toList())
                .median();
    }

    private void addProcessorTime() {
        report.note(
                "Processor time is that of the rounds with SES events, until both consumers have"
                        + " committed all of them; the account has no webhook endpoint.");
        processorTime.forEach((name, time) ->
                report.add(
                        "processor time per email, " + name,
                        time.toNanos() / 1e6 / emailsWithEvents,
                        "ms",
                        PROCESSOR_LIMITS.getOrDefault(name, Limit.NONE)));
    }

    private static void step(String name) {
        System.err.println("… " + name);
    }
}
