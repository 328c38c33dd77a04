package dev.sendex.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// The topic of SES events, and how far its consumers are.
final class SesEventsTopic implements AutoCloseable {

    private static final String NAME = "ses.events";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final String bootstrap;
    private final Admin admin;
    private final List<TopicPartition> partitions;

    SesEventsTopic(String bootstrap) throws IOException, InterruptedException {
        this.bootstrap = bootstrap;
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        try {
            partitions =
                    admin.describeTopics(List.of(NAME)).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .map(partition -> new TopicPartition(NAME, partition.partition()))
                            .toList();
        } catch (ExecutionException e) {
            throw new IOException("the topic cannot be read", e);
        }
    }

    record Event(String key, String value) {}

    /// How many events were consumed in a time.
    record Consumption(long events, Duration time) {

        double perSecond() {
            return events * 1e9 / time.toNanos();
        }
    }

    /// How many events this consumer group has not committed yet.
    long lag(String group) throws IOException, InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            long lag = 0;
            for (var end : ends().entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                lag += end.getValue() - (offset == null ? 0 : offset.offset());
            }
            return lag;
        } catch (ExecutionException e) {
            throw new IOException("the offsets cannot be read", e);
        }
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        partitions.stream()
                                .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /// Waits until this group has consumed everything; the time counts from its first progress.
    Consumption awaitConsumed(String group) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(TIMEOUT);
        long start = System.nanoTime();
        long before = lag(group);
        for (long lag = before; lag > 0; lag = lag(group)) {
            if (lag == before) {
                start = System.nanoTime();
            }
            if (Instant.now().isAfter(end)) {
                throw new IOException("%s has not consumed %d events".formatted(group, lag));
            }
            Thread.sleep(POLL);
        }
        return new Consumption(before, Duration.ofNanos(System.nanoTime() - start));
    }

    /// The events with this key.
    List<Event> events(String key) throws IOException {
        Instant end = Instant.now().plusSeconds(30);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<Event> events = new ArrayList<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                if (Instant.now().isAfter(end)) {
                    throw new IOException("the topic could not be read in time");
                }
                for (ConsumerRecord<String, String> one : consumer.poll(Duration.ofMillis(200))) {
                    if (key.equals(one.key())) {
                        events.add(new Event(one.key(), one.value()));
                    }
                }
            }
            return events;
        }
    }

    /// Publishes events and returns once the broker has all of them.
    void publish(List<Event> events) throws IOException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrap,
                                "client.id",
                                UUID.randomUUID().toString()),
                        new StringSerializer(),
                        new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Event event : events) {
                sent.add(producer.send(new ProducerRecord<>(NAME, event.key(), event.value())));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("an event was not published", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
