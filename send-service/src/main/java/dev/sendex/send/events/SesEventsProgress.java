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

/// How far the events of SES have been applied, by whichever instances read them.
///
/// Goes by the offsets that the consumer group has committed, which it does after the database.
@ApplicationScoped
public class SesEventsProgress {

    /// The age from which an event must have been applied; younger ones may be in processing.
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

    /// Whether every event that came in until [#PROCESSING_TIME] ago has been applied. Fails if
    /// Kafka does not answer.
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
        OffsetSpec recent =
                OffsetSpec.forTimestamp(clock.instant().minus(PROCESSING_TIME).toEpochMilli());
        return partitions(client)
                .chain(partitions ->
                        Uni.combine()
                                .all()
                                .unis(
                                        offsets(client, partitions, OffsetSpec.earliest()),
                                        offsets(client, partitions, OffsetSpec.latest()),
                                        offsets(client, partitions, recent),
                                        committed(client))
                                .with((first, end, young, done) ->
                                        partitions.stream()
                                                .allMatch(one ->
                                                        isCaughtUp(
                                                                offset(first, one),
                                                                offset(end, one),
                                                                offset(young, one),
                                                                done.get(one)))));
    }

    /// @param young the first event that may be in processing, -1 if there is none
    /// @param committed the first event that is not applied, null if none was yet
    private static boolean isCaughtUp(
            long first, long end, long young, @Nullable OffsetAndMetadata committed) {
        long next = committed == null ? first : Math.max(first, committed.offset());
        return next >= (young < 0 ? end : young);
    }

    private static long offset(
            Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
        ListOffsetsResultInfo found = offsets.get(partition);
        if (found == null) {
            throw new IllegalStateException("Kafka says nothing of partition " + partition);
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
