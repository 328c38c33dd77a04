package dev.sendex.common.event;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes the [BatchIntake] of each consumer.
@Singleton
public class BatchIntakes {

    private final DeadLetters deadLetters;
    private final StalledWork stalled;

    BatchIntakes(DeadLetters deadLetters, StalledWork stalled) {
        this.deadLetters = deadLetters;
        this.stalled = stalled;
    }

    /// The intake of one consumer.
    ///
    /// @param writer writes all of a list in one transaction, or nothing; writing something again
    ///   changes nothing
    public <E> BatchIntake<E> of(
            Function<ConsumerRecord<String, byte[]>, Reading<E>> reader,
            Function<List<E>, Uni<Void>> writer) {
        return new BatchIntake<>(reader, writer, deadLetters, stalled);
    }
}
