package dev.sendex.common.kafka;

import static dev.sendex.common.kafka.KafkaFixture.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.common.kafka.BatchConsumer.Decoded.Malformed;
import dev.sendex.common.kafka.BatchConsumer.Decoded.Valid;
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
    private final StalledWork stalled = fixture.stalledWork();
    private final LogRecorder log = new LogRecorder(StalledWork.class);
    private final DeadLetters deadLetters = fixture.deadLetters();
    private final String key = KafkaFixture.aKey();
    private final List<ConsumerRecords<String, byte[]>> acknowledged = new CopyOnWriteArrayList<>();

    @BeforeEach
    void create() {
        fixture.sql(
                "create table taken (text text constraint taken_no_poison check (text <> '5'))");
    }

    @AfterEach
    void close() {
        log.close();
        fixture.sql("drop table taken");
        fixture.close();
    }

    @Test
    void a_record_that_breaks_a_rule_is_set_aside_alone_and_the_others_are_written() {
        finish(consume("ses.events", this::insert));

        assertThat(consumed()).containsExactly("0", "1", "2", "3", "4", "6", "7", "8");
        assertDeadLetter("ses.events", "cannot be stored: taken_no_poison");
        assertThat(stalled.call().getData()).isEmpty();
    }

    @Test
    void each_topic_has_dead_letters_of_its_own() {
        finish(consume("sendex.audit", this::insert));

        assertDeadLetter("sendex.audit", "cannot be stored: taken_no_poison");
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_record_that_fails_for_no_known_reason_stands_still_loudly_and_is_set_aside_in_the_end() {
        allow5();

        CompletableFuture<Void> taking = consume("ses.events", this::insertUnlessMistaken);

        await().until(() ->
                stalled.call().getData().map(data -> data.containsKey("ses.events")).orElse(false));
        assertThat(taking).isNotDone();
        fixture.advance(KafkaFixture.GIVE_UP_AFTER);
        finish(taking);
        assertThat(consumed()).containsExactly("0", "1", "2", "3", "4", "6", "7", "8");
        assertDeadLetter("ses.events", "cannot be stored: IllegalStateException");
        assertThat(stalled.call().getData()).isEmpty();
    }

    @Test
    void an_outage_sets_nothing_aside_however_long_it_lasts() {
        allow5();
        AtomicBoolean away = new AtomicBoolean(true);

        CompletableFuture<Void> taking =
                consume(
                        "ses.events",
                        texts ->
                                away.get()
                                        ? Uni.createFrom().failure(new IOException("away"))
                                        : insert(texts));

        awaitRetries(1);
        fixture.advance(KafkaFixture.GIVE_UP_AFTER.multipliedBy(100));
        awaitRetries(3);
        away.set(false);
        finish(taking);
        assertThat(consumed()).hasSize(9);
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_database_that_is_being_shut_down_sets_nothing_aside() {
        allow5();
        AtomicBoolean away = new AtomicBoolean(true);

        CompletableFuture<Void> taking =
                consume("ses.events", texts -> away.get() ? terminated() : insert(texts));

        awaitRetries(1);
        fixture.advance(KafkaFixture.GIVE_UP_AFTER.multipliedBy(100));
        awaitRetries(3);
        away.set(false);
        finish(taking);
        assertThat(consumed()).hasSize(9);
        assertThat(fixture.recordsOf("ses.events.dlq", key)).isEmpty();
    }

    @Test
    void a_record_that_the_reader_trips_over_is_set_aside() {
        allow5();

        finish(
                consume(
                        new BatchConsumer<String>(
                                record -> {
                                    if (text(record).equals("5")) {
                                        throw new NullPointerException("a mistake");
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
    void a_record_that_nobody_can_read_is_set_aside_with_the_reason() {
        allow5();

        finish(
                consume(
                        new BatchConsumer<String>(
                                record ->
                                        text(record).equals("5")
                                                ? new Malformed<>("no number")
                                                : new Valid<>(List.of(text(record))),
                                this::insert,
                                deadLetters,
                                stalled),
                        records("ses.events")));

        assertThat(consumed()).hasSize(8);
        assertDeadLetter("ses.events", "no number");
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
        fixture.advance(KafkaFixture.ESCALATE_AFTER);
        await().untilAsserted(() ->
                assertThat(log.errors())
                        .singleElement()
                        .asString()
                        .contains("work is stalled", topic + ".dlq"));

        fixture.createTopic(topic + ".dlq");

        await().until(() -> acknowledged.size() == 2);
        assertDeadLetter(topic, "cannot be stored: taken_no_poison");
        assertThat(stalled.call().getData()).isEmpty();
        finish(consume(consumer, records(topic, 0, 20)));
        assertThat(acknowledged).hasSize(3);
    }

    @Test
    void a_batch_is_acknowledged_after_it_was_written() {
        AtomicBoolean away = new AtomicBoolean(true);
        CompletableFuture<Void> taking =
                consume("ses.events", texts -> away.get() ? terminated() : insert(texts));
        awaitRetries(1);
        assertThat(acknowledged).isEmpty();

        away.set(false);
        finish(taking);

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
                .preparedQuery("insert into taken (text) select unnest($1::text[])")
                .execute(Tuple.of(texts.toArray(String[]::new)))
                .replaceWithVoid();
    }

    private Uni<Void> insertUnlessMistaken(List<String> texts) {
        return texts.contains("5")
                ? Uni.createFrom().failure(new IllegalStateException("a mistake"))
                : insert(texts);
    }

    /// What a statement ends with when an administrator stops the server.
    private Uni<Void> terminated() {
        return fixture.pool
                .query("select pg_terminate_backend(pg_backend_pid())")
                .execute()
                .replaceWithVoid();
    }

    private void allow5() {
        fixture.sql("alter table taken drop constraint taken_no_poison");
    }

    private void awaitRetries(int tries) {
        await().until(() ->
                fixture.metrics.counter("sendex.retries", "work", "ses.events").count() >= tries);
    }

    private List<String> consumed() {
        return fixture.sql("select text from taken order by text").stream()
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

    private static void finish(CompletableFuture<Void> taking) {
        taking.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
