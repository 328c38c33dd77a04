package dev.sendex.local.backing;

import dev.sendex.local.process.Checkout;
import dev.sendex.local.process.ChildProcess;
import dev.sendex.local.process.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A Kafka broker in its own JVM, with the topics of Sendex.
public final class LocalKafka implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final List<String> TOPICS =
            List.of(
                    "ses.events:3",
                    "ses.events.dlq:3:keep",
                    "sendex.keys:3:compact",
                    "sendex.keys.dlq:1:keep",
                    "sendex.usage:3",
                    "sendex.usage.dlq:1:keep",
                    "sendex.events:3",
                    "sendex.events.dlq:1:keep",
                    "sendex.audit:3:keep",
                    "sendex.audit.dlq:1:keep");

    private final ChildProcess broker;
    private final int port;

    private LocalKafka(ChildProcess broker, int port) {
        this.broker = broker;
        this.port = port;
    }

    /// Returns once the broker accepts clients and the topics exist.
    ///
    /// @param directory owned by the caller; a broker started again with it has all its records
    public static LocalKafka start(Path directory, Path log) throws IOException {
        return start(directory, log, Ports.free());
    }

    /// The same on a given port, so that clients find a broker that was started again.
    public static LocalKafka start(Path directory, Path log, int port) throws IOException {
        ChildProcess broker = ChildProcess.start("kafka", command(directory, port), Map.of(), log);
        try {
            broker.awaitLine("ready", START_LIMIT);
        } catch (IOException e) {
            broker.close();
            throw e;
        }
        return new LocalKafka(broker, port);
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public ChildProcess process() {
        return broker;
    }

    @Override
    public void close() {
        broker.close();
    }

    private static List<String> command(Path directory, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", Checkout.classPath("deploy/local/kafka")));
        command.add("dev.sendex.local.kafka.KafkaBroker");
        command.addAll(List.of(directory.toString(), Integer.toString(port)));
        command.addAll(TOPICS);
        return command;
    }
}
