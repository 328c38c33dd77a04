package dev.sendex.common.kafka.batch;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/// The batches of one consumer that were written but are not acknowledged yet, because dead letters
/// of theirs or of earlier batches are unpublished: acknowledging a batch commits the offsets of
/// everything before it, too.
///
/// Only the newest batch of each partition is remembered, since it stands for the earlier ones.
final class UnacknowledgedBatches {

    private final Map<TopicPartition, Supplier<CompletionStage<Void>>> newest = new HashMap<>();
    private int unpublished;

    synchronized void add(
            Collection<TopicPartition> partitions,
            Supplier<CompletionStage<Void>> acknowledgement,
            int letters) {
        partitions.forEach(partition -> newest.put(partition, acknowledgement));
        unpublished += letters;
    }

    synchronized int unpublished() {
        return unpublished;
    }

    synchronized void published() {
        unpublished--;
    }

    /// Acknowledges everything unless letters are unpublished.
    Uni<Void> acknowledge() {
        Uni<Void> acknowledged = Uni.createFrom().voidItem();
        for (Supplier<CompletionStage<Void>> one : removeAcknowledgeable()) {
            acknowledged = acknowledged.chain(() -> Uni.createFrom().completionStage(one));
        }
        return acknowledged;
    }

    private synchronized Set<Supplier<CompletionStage<Void>>> removeAcknowledgeable() {
        if (unpublished > 0) {
            return Set.of();
        }
        Set<Supplier<CompletionStage<Void>>> all = new HashSet<>(newest.values());
        newest.clear();
        return all;
    }
}
