package dev.sendex.common.kafka.batch;

import static dev.sendex.common.kafka.KafkaFixture.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.background.LogRecorder;
import dev.sendex.common.background.StalledWork;
import dev.sendex.common.background.StalledWorkFixture;
import dev.sendex.common.kafka.DeadLetters;
import dev.sendex.common.kafka.KafkaFixture;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded.Malformed;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded.Valid;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchConsumerTest {

    private final KafkaFixture fixture = new KafkaFixture();
    private final StalledWorkFixture work = new StalledWorkFixture();
    private final StalledWork stalled = work.stalledWork(fixture.metrics);
    private final LogRecorder log = new LogRecorder(StalledWork.class);
    private final DeadLetters deadLetters = fixture.deadLetters();
    private final String key = KafkaFixture.aKey();
    private final List<ConsumerRecords<String, byte[]>> acknowledged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void create() {
        fixture.sql("create table item (text text constraint item_not_5 check (text <> '5'))");
    }

    @AfterEach
    void close() {
        log.close();
        fixture.sql("drop table item");
        fixture.close();
    }

    @Test
    void only_the_record_that_violates_a_constraint_is_dead_lettered() {
        finish(consume("ses.events", this::insert));

        assertThat(consumed()).containsExactly("0", "1", "2", "3", "4", "6", "7", "8");
        assertDeadLetter("ses.events", "cannot be stored: item_not_5");
        assertThat(stalled.call().getData()).isEmpty();
    }

    @Test
    void each_topic_has_its_own_dead_letter_topic() {
        finish(consume("sendex.audit", this::insert));

        assertDeadLetter("sendex.audit", "cannot be stored: item_not_5");
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_record_that_fails_because_of_a_bug_is_retried_and_finally_dead_lettered() {
        allow5();

        CompletableFuture<Void> consuming = consume("ses.events", this::insertWithBug);

        await().until(() ->
                stalled.call().getData().map(data -> data.containsKey("ses.events")).orElse(false));
        assertThat(consuming).isNotDone();
        work.advance(StalledWorkFixture.GIVE_UP_AFTER);
        finish(consuming);
        assertThat(consumed()).containsExactly("0", "1", "2", "3", "4", "6", "7", "8");
        assertDeadLetter("ses.events", "cannot be stored: IllegalStateException");
        assertThat(stalled.call().getData()).isEmpty();
    }

    @Test
    void an_outage_dead_letters_nothing_however_long_it_lasts() {
        allow5();
        AtomicBoolean unavailable = new AtomicBoolean(true);

        CompletableFuture<Void> consuming =
                consume(
                        "ses.events",
                        texts ->
                                unavailable.get()
                                        ? Uni.createFrom().failure(new IOException("unavailable"))
                                        : insert(texts));

        awaitRetries(1);
        work.advance(StalledWorkFixture.GIVE_UP_AFTER.multipliedBy(100));
        awaitRetries(3);
        unavailable.set(false);
        finish(consuming);
        assertThat(consumed()).hasSize(9);
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_database_shutdown_dead_letters_nothing() {
        allow5();
        AtomicBoolean unavailable = new AtomicBoolean(true);

        CompletableFuture<Void> consuming =
                consume("ses.events", texts -> unavailable.get() ? terminated() : insert(texts));

        awaitRetries(1);
        work.advance(StalledWorkFixture.GIVE_UP_AFTER.multipliedBy(100));
        awaitRetries(3);
        unavailable.set(false);
        finish(consuming);
        assertThat(consumed()).hasSize(9);
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_record_whose_reader_throws_is_dead_lettered() {
        allow5();

        finish(
                consume(
                        new BatchConsumer<String>(
                                record -> {
                                    if (text(record).equals("5")) {
                                        throw new NullPointerException("a bug");
                                    }
                                    return new Valid<>(List.of(text(record)));
                                },
                                this::insert,
                                deadLetters,
                                stalled),
                        records("ses.events")));

        assertThat(consumed()).hasSize(8);
        assertDeadLetter("ses.events", "cannot be read: NullPointerException");
    }

    @Test
    void a_malformed_record_is_dead_lettered_with_the_reason() {
        allow5();

        finish(
                consume(
                        new BatchConsumer<String>(
                                record ->
                                        text(record).equals("5")
                                                ? new Malformed<>("not a number")
                                                : new Valid<>(List.of(text(record))),
                                this::insert,
                                deadLetters,
                                stalled),
                        records("ses.events")));

        assertThat(consumed()).hasSize(8);
        assertDeadLetter("ses.events", "not a number");
    }

    @Test
    void without_its_dead_letter_topic_a_record_is_kept_and_stops_no_other_until_the_topic_exists()
            throws Exception {
        String topic = "topic-" + key;
        BatchConsumer<String> consumer =
                new BatchConsumer<>(
                        record -> new Valid<>(List.of(text(record))),
                        this::insert,
                        fixture.impatientDeadLetters(),
                        stalled);

        finish(consume(consumer, records(topic, 0, 0)));
        finish(consume(consumer, records(topic, 1, 10)));

        assertThat(consumed()).hasSize(8 + 9);
        assertThat(acknowledged).isEmpty();
        assertThat(stalled.call().getData().orElseThrow()).containsOnlyKeys(topic + ".dlq");
        work.advance(StalledWorkFixture.ESCALATE_AFTER);
        await().untilAsserted(() ->
                assertThat(log.errors())
                        .singleElement()
                        .asString()
                        .contains("work is stalled", topic + ".dlq"));

        fixture.createTopic(topic + ".dlq");

        await().until(() -> acknowledged.size() == 2);
        assertDeadLetter(topic, "cannot be stored: item_not_5");
        assertThat(stalled.call().getData()).isEmpty();
        finish(consume(consumer, records(topic, 0, 20)));
        assertThat(acknowledged).hasSize(3);
    }

    @Test
    void a_batch_is_acknowledged_after_it_was_written() {
        AtomicBoolean unavailable = new AtomicBoolean(true);
        CompletableFuture<Void> consuming =
                consume("ses.events", texts -> unavailable.get() ? terminated() : insert(texts));
        awaitRetries(1);
        assertThat(acknowledged).isEmpty();

        unavailable.set(false);
        finish(consuming);

        assertThat(acknowledged).hasSize(1);
    }

    private CompletableFuture<Void> consume(
            BatchConsumer<String> consumer, ConsumerRecords<String, byte[]> batch) {
        return consumer.consume(batch, () -> acknowledge(batch)).subscribeAsCompletionStage();
    }

    private CompletionStage<Void> acknowledge(ConsumerRecords<String, byte[]> batch) {
        acknowledged.add(batch);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> consume(
            String topic, Function<List<String>, Uni<Void>> writer) {
        return consume(
                new BatchConsumer<String>(
                        record -> new Valid<>(List.of(text(record))), writer, deadLetters, stalled),
                records(topic));
    }

    /// Records with the texts 0 to 8.
    private ConsumerRecords<String, byte[]> records(String topic) {
        return records(topic, 0, 0);
    }

    /// Records with nine texts from this number on, which is also their offset.
    private ConsumerRecords<String, byte[]> records(String topic, int partition, int from) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        IntStream.range(from, from + 9)
                .forEach(i ->
                        records.add(
                                new ConsumerRecord<>(
                                        topic,
                                        partition,
                                        i,
                                        key,
                                        Integer.toString(i).getBytes(UTF_8))));
        return new ConsumerRecords<>(
                Map.of(new TopicPartition(topic, partition), records), Map.of());
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private Uni<Void> insert(List<String> texts) {
        return fixture.pool.withTransaction(transaction -> insert(transaction, texts));
    }

    private static Uni<Void> insert(SqlConnection transaction, List<String> texts) {
        return transaction
                .preparedQuery("insert into item (text) select unnest($1::text[])")
                .execute(Tuple.of(texts.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private Uni<Void> insertWithBug(List<String> texts) {
        return texts.contains("5")
                ? Uni.createFrom().failure(new IllegalStateException("a bug"))
                : insert(texts);
    }

    /// Fails like a statement when an administrator stops the server.
    private Uni<Void> terminated() {
        return fixture.pool
                .query("select pg_terminate_backend(pg_backend_pid())")
                .execute()
                .replaceWithVoid();
    }

    private void allow5() {
        fixture.sql("alter table item drop constraint item_not_5");
    }

    private void awaitRetries(int retries) {
        await().until(() ->
                fixture.metrics.counter("sendex.retries", "work", "ses.events").count() >= retries);
    }

    private List<String> consumed() {
        return fixture.sql("select text from item order by text").stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private void assertDeadLetter(String topic, String reason) {
        assertThat(fixture.recordsOf(topic + ".dlq", key))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(text(letter)).isEqualTo("5");
                    assertThat(header(letter, "dead-letter-reason")).isEqualTo(reason);
                    assertThat(header(letter, "dead-letter-topic")).isEqualTo(topic);
                    assertThat(header(letter, "dead-letter-offset")).isEqualTo("5");
                });
        assertThat(fixture.metrics.counter("sendex.dead_letters", "topic", topic).count())
                .isEqualTo(1);
    }

    private static void finish(CompletableFuture<Void> consuming) {
        consuming.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
