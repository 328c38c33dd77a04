package dev.sendex.common.outbox;

import dev.sendex.common.background.BackgroundTask;
import dev.sendex.common.background.StalledWork;
import dev.sendex.common.kafka.DeadLetters;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.common.kafka.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;

/// Publishes the messages in the table `outbox`, at least once and in the order of writing.
///
/// An advisory lock ensures that only one instance publishes at a time; two could overtake each
/// other. The rows stay locked in an open transaction until Kafka has acknowledged them. This is
/// the only place where a transaction waits for an external system, bounded by the publisher's
/// timeout.
///
/// A message that Kafka permanently refuses, such as one that is too large, goes to the dead-letter
/// topic and does not stop the others.
@ApplicationScoped
public class OutboxRelay {

    private static final String WORK = "outbox";

    private static final String LOCK =
            "select pg_try_advisory_xact_lock(hashtext('sendex.outbox'))";
    private static final String READ =
            "select position, topic, message_key, payload from outbox order by position limit $1";
    private static final String REMOVE = "delete from outbox where position = any($1)";

    private final OutboxConfig config;
    private final Pool pool;
    private final KafkaPublisher kafka;
    private final DeadLetters deadLetters;
    private final StalledWork stalled;
    private final Counter published;
    private final Counter failures;
    private final BackgroundTask task;

    OutboxRelay(
            OutboxConfig config,
            Vertx vertx,
            Pool pool,
            KafkaPublisher kafka,
            DeadLetters deadLetters,
            StalledWork stalled,
            MeterRegistry metrics) {
        this.config = config;
        this.pool = pool;
        this.kafka = kafka;
        this.deadLetters = deadLetters;
        this.stalled = stalled;
        this.published = metrics.counter("sendex.outbox.published");
        this.failures = metrics.counter("sendex.outbox.failures");
        this.task = new BackgroundTask(vertx, this::publishBatch, this::failed);
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            task.start(config.pollInterval());
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        task.stop();
    }

    /// Publishes stored messages. Call it after the commit. Returns immediately.
    public void wake() {
        task.wake();
    }

    private void failed(Throwable failure) {
        failures.increment();
        stalled.failed(WORK, failure);
    }

    /// Returns whether there may be more.
    private Uni<Boolean> publishBatch() {
        return pool.withTransaction(connection ->
                        lock(connection).chain(locked -> publishIf(locked, connection)))
                .invoke(count -> published.increment(count))
                .invoke(() -> stalled.succeeded(WORK))
                .map(count -> count > 0 && count >= config.batchSize() / 2);
    }

    private static Uni<Boolean> lock(SqlConnection connection) {
        return connection.query(LOCK).execute().map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Integer> publishIf(boolean locked, SqlConnection connection) {
        if (!locked) {
            return Uni.createFrom().item(0);
        }
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(config.batchSize()))
                .chain(this::publish)
                .call(positions -> remove(connection, positions))
                .map(List::size);
    }

    /// The positions of the messages that can be removed.
    private Uni<List<Long>> publish(RowSet<Row> rows) {
        List<Long> positions = new ArrayList<>();
        List<Uni<Boolean>> outcomes = new ArrayList<>();
        for (Row row : rows) {
            positions.add(row.getLong("position"));
            outcomes.add(publish(message(row)));
        }
        return outcomes.isEmpty()
                ? Uni.createFrom().item(List.of())
                : Uni.join().all(outcomes).andFailFast().map(done -> filter(positions, done));
    }

    private static List<Long> filter(List<Long> positions, List<Boolean> done) {
        return IntStream.range(0, positions.size())
                .filter(done::get)
                .mapToObj(positions::get)
                .toList();
    }

    private Uni<Boolean> publish(ProducerRecord<String, byte[]> message) {
        return kafka.publish(message)
                .replaceWith(true)
                .onFailure(this::isPermanent)
                .recoverWithUni(refusal -> deadLetter(message, refusal));
    }

    /// Whether the dead letter was published. If not, since its topic is missing for example, the
    /// message stays in the table and stops no other.
    private Uni<Boolean> deadLetter(ProducerRecord<String, byte[]> message, Throwable refusal) {
        String topic = Topics.deadLetters(message.topic());
        return deadLetters
                .add(message, "cannot be published: " + refusal.getClass().getSimpleName())
                .invoke(() -> stalled.succeeded(topic))
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> stalled.failed(topic, failure))
                .onFailure()
                .recoverWithItem(false);
    }

    /// Whether the message itself is the cause: Kafka says so, or the failure is neither temporary
    /// nor a wrong setting and has lasted too long.
    private boolean isPermanent(Throwable failure) {
        return switch (failure) {
            case RecordTooLargeException _, InvalidRecordException _, SerializationException _ ->
                    true;
            case RetriableException _,
                    AuthenticationException _,
                    AuthorizationException _,
                    RejectedExecutionException _ ->
                    false;
            default -> stalled.hasFailedTooLong(WORK);
        };
    }

    private static ProducerRecord<String, byte[]> message(Row row) {
        return new ProducerRecord<>(
                row.getString("topic"),
                row.getString("message_key"),
                row.getString("payload").getBytes(StandardCharsets.UTF_8));
    }

    private static Uni<Void> remove(SqlConnection connection, List<Long> positions) {
        if (positions.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(REMOVE)
                .execute(Tuple.of(positions.toArray(Long[]::new)))
                .replaceWithVoid();
    }
}
