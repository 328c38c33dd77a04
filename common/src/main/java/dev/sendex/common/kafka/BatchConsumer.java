package dev.sendex.common.kafka;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/// Takes batches of records into the database, the way every consumer here must: a batch is done
/// only when every record of it is either written or in the dead-letter topic. Until then it is
/// tried again, and the partition waits; a database that is down costs time, never a record.
///
/// A record that the database refuses is set aside at once. One that fails for a reason that is
/// neither the database's nor an outage – a mistake of ours, most likely – stops its partition for
/// [RetryConfig#giveUpAfter()], while [StalledWork] says so, and is then set aside.
///
/// @param <E> what is written
public final class BatchConsumer<E> {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);

    private final Function<ConsumerRecord<String, byte[]>, Decoded<E>> reader;
    private final Function<List<E>, Uni<Void>> writer;
    private final DeadLetters deadLetters;
    private final StalledWork stalled;

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

    public Uni<Void> consume(ConsumerRecords<String, byte[]> batch) {
        List<Entry<E>> entries = new ArrayList<>();
        Uni<Void> poison = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (read(record)) {
                case Decoded.Valid<E>(List<E> items) -> entries.add(new Entry<>(record, items));
                case Decoded.Malformed<E>(String reason) ->
                        poison = poison.chain(() -> deadLetter(record, reason));
            }
        }
        return poison.chain(() -> write(entries)).invoke(() -> goesOn(batch));
    }

    private Decoded<E> read(ConsumerRecord<String, byte[]> record) {
        try {
            return reader.apply(record);
        } catch (RuntimeException mistake) {
            return new Decoded.Malformed<>("cannot be read: " + mistake.getClass().getSimpleName());
        }
    }

    private void goesOn(ConsumerRecords<String, byte[]> batch) {
        batch.partitions().forEach(partition -> stalled.succeeded(partition.topic()));
    }

    private Uni<Void> write(List<Entry<E>> batch) {
        List<E> items = batch.stream().flatMap(one -> one.items().stream()).toList();
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String topic = batch.getFirst().record().topic();
        return withRetry(topic, () -> writer.apply(items), failure -> mayPass(topic, failure))
                .onFailure()
                .recoverWithUni(failure -> writeHalves(batch, failure));
    }

    /// The halves are tried alone, down to the record that fails.
    private Uni<Void> writeHalves(List<Entry<E>> batch, Throwable failure) {
        if (batch.size() == 1) {
            return deadLetter(batch.getFirst().record(), "cannot be stored: " + rule(failure));
        }
        int half = batch.size() / 2;
        return write(batch.subList(0, half)).chain(() -> write(batch.subList(half, batch.size())));
    }

    private Uni<Void> deadLetter(ConsumerRecord<String, byte[]> record, String reason) {
        return withRetry(record.topic(), () -> deadLetters.add(record, reason), _ -> true);
    }

    private Uni<Void> withRetry(
            String topic, Supplier<Uni<Void>> task, Predicate<Throwable> again) {
        return Uni.createFrom()
                .deferred(task::get)
                .onFailure(again)
                .invoke(failure -> stalled.failed(topic, failure))
                .onFailure(again)
                .retry()
                .withBackOff(FIRST_PAUSE, MAX_PAUSE)
                .indefinitely();
    }

    private boolean mayPass(String topic, Throwable failure) {
        return Outage.isCauseOf(failure) || (!isRefusal(failure) && !stalled.isGivenUp(topic));
    }

    /// The data itself is unacceptable: classes 22 (data exception), 23 (integrity constraint
    /// violation) and 54 (program limit exceeded, such as a text that is too long for an index) of
    /// SQLSTATE.
    private static boolean isRefusal(Throwable failure) {
        String state = sqlState(failure);
        return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
    }

    /// What was broken: the constraint, where it was one, else the kind of rule or of failure.
    private static String rule(Throwable failure) {
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

    /// What a record turned out to say.
    public sealed interface Decoded<E> {

        /// What is to be written because of it; nothing, if the record is none of our business.
        record Valid<E>(List<E> items) implements Decoded<E> {

            public Valid {
                items = List.copyOf(items);
            }
        }

        /// Nobody will ever be able to read it.
        ///
        /// @param reason must not quote the record
        record Malformed<E>(String reason) implements Decoded<E> {}
    }
}
