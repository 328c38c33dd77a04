package dev.sendex.common.kafka.batch;

import dev.sendex.common.background.StalledWork;
import dev.sendex.common.kafka.DeadLetters;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Creates the [BatchConsumer] of each consumer.
@Singleton
public class BatchConsumers {

    private final DeadLetters deadLetters;
    private final StalledWork stalled;

    BatchConsumers(DeadLetters deadLetters, StalledWork stalled) {
        this.deadLetters = deadLetters;
        this.stalled = stalled;
    }

    /// A batch consumer.
    ///
    /// @param writer writes a list in one transaction; writing an item again must change nothing
    public <E> BatchConsumer<E> of(
            Function<ConsumerRecord<String, byte[]>, Decoded<E>> reader,
            Function<List<E>, Uni<Void>> writer) {
        return new BatchConsumer<>(reader, writer, deadLetters, stalled);
    }
}
