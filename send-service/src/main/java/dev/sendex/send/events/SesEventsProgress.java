package dev.sendex.send.events;

import dev.sendex.common.kafka.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// How far the SES events have been applied, by all instances together.
///
/// Uses the consumer group's committed offsets, which are committed after the database transaction.
@ApplicationScoped
public class SesEventsProgress {

    /// Events older than this must have been applied; recenter ones may still be in processing.
    public static final Duration PROCESSING_TIME = Duration.ofSeconds(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> brokers;
    private final String group;
    private final Clock clock;
    private volatile @Nullable Admin admin;

    SesEventsProgress(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            @ConfigProperty(name = "mp.messaging.incoming.ses-events.group.id") String group,
            Clock clock) {
        this.brokers = brokers;
        this.group = group;
        this.clock = clock;
    }

    /// Whether every event older than [#PROCESSING_TIME] has been applied. Fails if Kafka does not
    /// answer.
    public Uni<Boolean> isCaughtUp() {
        Context caller = Vertx.currentContext();
        Uni<Boolean> answer =
                Uni.createFrom().item(this::admin).chain(client -> isCaughtUp(client));
        Uni<Boolean> bounded =
                answer.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .ifNoItem()
                        .after(TIMEOUT)
                        .fail();
        return caller == null ? bounded : bounded.emitOn(MutinyHelper.executor(caller));
    }

    private Uni<Boolean> isCaughtUp(Admin client) {
        OffsetSpec recentEvents =
                OffsetSpec.forTimestamp(clock.instant().minus(PROCESSING_TIME).toEpochMilli());
        return partitions(client)
                .chain(partitions ->
                        Uni.combine()
                                .all()
                                .unis(
                                        offsets(client, partitions, OffsetSpec.earliest()),
                                        offsets(client, partitions, OffsetSpec.latest()),
                                        offsets(client, partitions, recentEvents),
                                        committed(client))
                                .with((first, end, recent, done) ->
                                        partitions.stream()
                                                .allMatch(one ->
                                                        isCaughtUp(
                                                                offset(first, one),
                                                                offset(end, one),
                                                                offset(recent, one),
                                                                done.get(one)))));
    }

    /// @param recent the offset of the first event that may still be in processing, -1 if there is
    ///   none
    /// @param committed the offset of the first event not applied, null if none was applied yet
    private static boolean isCaughtUp(
            long first, long end, long recent, @Nullable OffsetAndMetadata committed) {
        long next = committed == null ? first : Math.max(first, committed.offset());
        return next >= (recent < 0 ? end : recent);
    }

    private static long offset(
            Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        ListOffsetsResultInfo found = offsets.get(partition);
        if (found == null) {
            throw new IllegalStateException("Kafka returned no offset of partition " + partition);
        }
        return found.offset();
    }

    private static Uni<List<TopicPartition>> partitions(Admin client) {
        return uni(client.describeTopics(List.of(Topics.SES_EVENTS)).allTopicNames())
                .map(topics ->
                        topics.values().stream()
                                .flatMap(topic ->
                                        topic.partitions().stream()
                                                .map(one ->
                                                        new TopicPartition(
                                                                topic.name(), one.partition())))
                                .toList());
    }

    private static Uni<Map<TopicPartition, ListOffsetsResultInfo>> offsets(
            Admin client, List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, spec));
        return uni(client.listOffsets(wanted).all());
    }

    private Uni<Map<TopicPartition, OffsetAndMetadata>> committed(Admin client) {
        return uni(client.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static <T> Uni<T> uni(KafkaFuture<T> future) {
        return Uni.createFrom().completionStage(future.toCompletionStage());
    }

    private synchronized Admin admin() {
        Admin known = admin;
        if (known == null) {
            Map<String, Object> settings = new HashMap<>(brokers);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
            known = Admin.create(settings);
            admin = known;
        }
        return known;
    }

    @PreDestroy
    void close() {
        Admin known = admin;
        if (known != null) {
            known.close(Duration.ofSeconds(1));
        }
    }
}
