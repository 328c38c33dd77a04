package dev.sendex.local.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/// A topic that the broker creates at its start, written as `name:partitions` or, with a retention
/// policy, `name:partitions:compact` or `name:partitions:keep`.
///
/// @param settings Kafka's topic settings that override the broker's
record BrokerTopic(String name, int partitions, Map<String, String> settings) {

    private static final Pattern WRITTEN = Pattern.compile("([\\w.-]+):(\\d+)(?::(compact|keep))?");

    static BrokerTopic parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a topic: " + written);
        }
        return new BrokerTopic(
                matcher.group(1), Integer.parseInt(matcher.group(2)), settings(matcher.group(3)));
    }

    private static Map<String, String> settings(@Nullable String retentionPolicy) {
        return switch (retentionPolicy) {
            case "compact" -> Map.of("cleanup.policy", "compact");
            case "keep" -> Map.of("retention.ms", "-1");
            case null, default -> Map.of();
        };
    }

    static void createMissing(List<BrokerTopic> topics, String bootstrap)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Set<String> existing = admin.listTopics().names().get();
            admin.createTopics(
                            topics.stream()
                                    .filter(topic -> !existing.contains(topic.name))
                                    .map(BrokerTopic::toNewTopic)
                                    .toList())
                    .all()
                    .get();
        }
    }

    private NewTopic toNewTopic() {
        return new NewTopic(name, partitions, (short) 1).configs(settings);
    }
}
