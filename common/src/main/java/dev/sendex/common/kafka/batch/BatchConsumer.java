package dev.sendex.common.kafka.batch;

import dev.sendex.common.background.StalledWork;
import dev.sendex.common.kafka.DeadLetters;
import dev.sendex.common.kafka.Topics;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/// Consumes batches of records into the database without losing one: a batch is acknowledged only
/// when every record of it is either written or in the dead-letter topic. Until a batch is written
/// it is retried and the partitions wait; a database outage causes delay, never loss.
///
/// While the dead-letter topic is missing or cannot be written, the letters are retried and
/// consuming goes on: nothing is acknowledged meanwhile, so a restart consumes the batches since
/// then again. [StalledWork] reports it under the name of the dead-letter topic.
///
/// A record that the database refuses goes to the dead-letter topic immediately. One that fails for
/// any other reason than the database or an outage, most likely a bug, stops its partition for
/// `sendex.retries.give-up-after`, while [StalledWork] reports it, and then goes to the dead-letter
/// topic.
///
/// @param <E> the items to write
public final class BatchConsumer<E> {

    private static final Duration MIN_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);

    /// How many letters wait in memory, each of up to 1 MiB, before consuming waits, too.
    private static final int MAX_UNPUBLISHED = 30;

    private final Function<ConsumerRecord<String, byte[]>, Decoded<E>> reader;
    private final Function<List<E>, Uni<Void>> writer;
    private final DeadLetters deadLetters;
    private final StalledWork stalled;
    private final UnacknowledgedBatches unacknowledged = new UnacknowledgedBatches();

    BatchConsumer(
            Function<ConsumerRecord<String, byte[]>, Decoded<E>> reader,
            Function<List<E>, Uni<Void>> writer,
            DeadLetters deadLetters,
            StalledWork stalled) {
        this.reader = reader;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.stalled = stalled;
    }

    private record Entry<E>(ConsumerRecord<String, byte[]> record, List<E> items) {}

    private record Letter(ConsumerRecord<String, byte[]> record, String reason) {}

    /// Completes when the batch is written, and acknowledges it once its dead letters are
    /// published.
    ///
    /// @param acknowledgement of the message with the batch; commits the offsets
    public Uni<Void> consume(
            ConsumerRecords<String, byte[]> batch,
            Supplier<CompletionStage<Void>> acknowledgement) {
        List<Entry<E>> entries = new ArrayList<>();
        List<Letter> letters = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (read(record)) {
                case Decoded.Valid<E>(List<E> items) -> entries.add(new Entry<>(record, items));
                case Decoded.Malformed<E>(String reason) -> letters.add(new Letter(record, reason));
            }
        }
        return write(entries, letters)
                .invoke(() -> onSuccess(batch))
                .invoke(() ->
                        unacknowledged.add(batch.partitions(), acknowledgement, letters.size()))
                .chain(() -> publish(letters))
                .chain(unacknowledged::acknowledge);
    }

    private Decoded<E> read(ConsumerRecord<String, byte[]> record) {
        try {
            return reader.apply(record);
        } catch (RuntimeException bug) {
            return new Decoded.Malformed<>("cannot be read: " + bug.getClass().getSimpleName());
        }
    }

    private void onSuccess(ConsumerRecords<String, byte[]> batch) {
        batch.partitions().forEach(partition -> stalled.succeeded(partition.topic()));
    }

    private Uni<Void> write(List<Entry<E>> batch, List<Letter> letters) {
        List<E> items = batch.stream().flatMap(entry -> entry.items().stream()).toList();
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String topic = batch.getFirst().record().topic();
        return withRetry(topic, () -> writer.apply(items), failure -> isTemporary(topic, failure))
                .onFailure()
                .recoverWithUni(failure -> writeHalves(batch, letters, failure));
    }

    /// Writes the halves separately, recursively down to the record that fails.
    private Uni<Void> writeHalves(List<Entry<E>> batch, List<Letter> letters, Throwable failure) {
        if (batch.size() == 1) {
            letters.add(
                    new Letter(batch.getFirst().record(), "cannot be stored: " + reason(failure)));
            return Uni.createFrom().voidItem();
        }
        int half = batch.size() / 2;
        return write(batch.subList(0, half), letters)
                .chain(() -> write(batch.subList(half, batch.size()), letters));
    }

    private Uni<Void> publish(List<Letter> letters) {
        return letters.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(letters.stream().map(this::publish).toList())
                        .andCollectFailures()
                        .replaceWithVoid();
    }

    /// Completes without the letter being published if that fails, unless too many wait already.
    private Uni<Void> publish(Letter letter) {
        String topic = Topics.deadLetters(letter.record().topic());
        Uni<Void> attempt =
                Uni.createFrom()
                        .deferred(() -> deadLetters.add(letter.record(), letter.reason()))
                        .invoke(() -> onPublished(topic));
        return attempt.onFailure()
                .invoke(failure -> stalled.failed(topic, failure))
                .onFailure()
                .recoverWithUni(() -> publishLater(withRetry(topic, () -> attempt, _ -> true)));
    }

    private Uni<Void> publishLater(Uni<Void> retried) {
        if (unacknowledged.unpublished() > MAX_UNPUBLISHED) {
            return retried;
        }
        retried.chain(unacknowledged::acknowledge)
                .subscribe()
                .with(_ -> {}, failure -> Log.error("batch was not acknowledged", failure));
        return Uni.createFrom().voidItem();
    }

    private void onPublished(String topic) {
        stalled.succeeded(topic);
        unacknowledged.published();
    }

    private Uni<Void> withRetry(
            String topic, Supplier<Uni<Void>> task, Predicate<Throwable> retryable) {
        return Uni.createFrom()
                .deferred(task::get)
                .onFailure(retryable)
                .invoke(failure -> stalled.failed(topic, failure))
                .onFailure(retryable)
                .retry()
                .withBackOff(MIN_BACKOFF, MAX_BACKOFF)
                .indefinitely();
    }

    private boolean isTemporary(String topic, Throwable failure) {
        return Outage.isCauseOf(failure)
                || (!isRefusal(failure) && !stalled.hasFailedTooLong(topic));
    }

    /// Whether the data itself is invalid: classes 22 (data exception), 23 (integrity constraint
    /// violation) and 54 (program limit exceeded, such as a text that is too long for an index) of
    /// SQLSTATE.
    private static boolean isRefusal(Throwable failure) {
        String state = sqlState(failure);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    /// The violated constraint, or else the kind of failure.
    private static String reason(Throwable failure) {
        @Nullable PgException refusal = refusal(failure);
        if (refusal == null) {
            return failure.getClass().getSimpleName();
        }
        return refusal.getConstraint() == null ? refusal.getSqlState() : refusal.getConstraint();
    }

    private static String sqlState(Throwable failure) {
        @Nullable PgException refusal = refusal(failure);
        return refusal == null ? "" : refusal.getSqlState();
    }

    private static @Nullable PgException refusal(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refusal && refusal.getSqlState() != null) {
                return refusal;
            }
        }
        return null;
    }

    /// The result of decoding a record.
    public sealed interface Decoded<E> {

        /// The items to write, empty if the record is not relevant here.
        record Valid<E>(List<E> items) implements Decoded<E> {

            public Valid {
                items = List.copyOf(items);
            }
        }

        /// The record can never be decoded.
        ///
        /// @param reason must not quote the record
        record Malformed<E>(String reason) implements Decoded<E> {}
    }
}
