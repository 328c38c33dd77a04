package dev.sendex.local.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// A topic that the broker has from its start, written `name:partitions` or
/// `name:partitions:compact`.
record BrokerTopic(String name, int partitions, boolean compacted) {

    private static final Pattern WRITTEN = Pattern.compile("([\\w.-]+):(\\d+)(:compact)?");

    static BrokerTopic parse(String written) {
        Matcher matcher = WRITTEN.matcher(written);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a topic: " + written);
        }
        return new BrokerTopic(
                matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3) != null);
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
        String policy = compacted ? "compact" : "delete";
        return new NewTopic(name, partitions, (short) 1).configs(Map.of("cleanup.policy", policy));
    }
}
