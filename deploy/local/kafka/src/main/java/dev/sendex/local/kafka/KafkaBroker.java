package dev.sendex.local.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// `KafkaBroker DIR PORT [TOPIC:PARTITIONS[:compact|:keep]]…` runs a broker on 127.0.0.1 until it
/// is terminated.
///
/// Prints `ready` once it accepts clients and the topics exist; all other output goes to standard
/// error. The data of an existing directory are used again.
final class KafkaBroker {

    /// Constant, because an existing directory cannot be opened with another id.
    private static final String CLUSTER_ID = "c2VuZGV4LWxvY2FsMQ";

    private static final int NODE_ID = 1;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private KafkaBroker() {}

    static void main(String[] arguments) throws Exception {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        Path directory = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int port = Integer.parseInt(arguments[1]);
        List<BrokerTopic> topics =
                Arrays.stream(arguments).skip(2).map(BrokerTopic::parse).toList();

        awaitEndOfPredecessor(directory);
        format(directory);
        KafkaRaftServer server =
                new KafkaRaftServer(
                        new KafkaConfig(properties(directory, port, freePort()), false),
                        Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        server.startup();
        BrokerTopic.createMissing(topics, "127.0.0.1:" + port);
        System.out.println("ready");
        server.awaitShutdown();
    }

    /// A broker whose parent was killed takes a moment to release its directory.
    private static void awaitEndOfPredecessor(Path directory) throws Exception {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try (FileChannel channel =
                FileChannel.open(
                        directory.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            while (channel.tryLock() == null && System.nanoTime() < deadline) {
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setClusterId(CLUSTER_ID)
                .setNodeId(NODE_ID)
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .setIgnoreFormatted(true)
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static Map<String, String> properties(Path directory, int port, int controllerPort) {
        String broker = "PLAINTEXT://127.0.0.1:" + port;
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", directory.toString());
        properties.put("listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", broker);
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.put("auto.create.topics.enable", "false");
        properties.put("group.initial.rebalance.delay.ms", "0");
        // A single broker, so what Kafka replicates by default has one copy.
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "3");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "3");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "3");
        // How long the controller waits before it accepts the broker again after a kill.
        properties.put("broker.session.timeout.ms", "2000");
        properties.put("broker.heartbeat.interval.ms", "500");
        // The default of 128 MB is too much for a single compacted topic.
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        return properties;
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
