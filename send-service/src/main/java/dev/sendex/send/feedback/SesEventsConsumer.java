package dev.sendex.send.feedback;

import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEventNormaliser;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import dev.sendex.common.ses.SesEventNormaliser.Understood;
import dev.sendex.send.database.Violations;
import dev.sendex.send.feedback.EffectStore.Result;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/// Takes batches from `ses.events` and writes their effects in one transaction each.
///
/// A batch is acknowledged when this has completed, and this completes only when every record of it
/// is in the database or in the dead-letter topic; until then it tries again, and the partition
/// waits.
@ApplicationScoped
class SesEventsConsumer {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final SesEventNormaliser normaliser;
    private final EffectStore store;
    private final DeadLetters deadLetters;
    private final MeterRegistry metrics;

    SesEventsConsumer(
            SesEventNormaliser normaliser,
            EffectStore store,
            DeadLetters deadLetters,
            MeterRegistry metrics) {
        this.normaliser = normaliser;
        this.store = store;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    private record Legible(ConsumerRecord<String, byte[]> record, List<Effect> effects) {}

    @Incoming("ses-events")
    Uni<Void> consume(ConsumerRecords<String, byte[]> batch) {
        List<Legible> readable = new ArrayList<>();
        Uni<Void> poison = Uni.createFrom().voidItem();
        for (ConsumerRecord<String, byte[]> record : batch) {
            switch (normaliser.normalise(record.value())) {
                case Understood(List<SesEvent> events) ->
                        readable.add(new Legible(record, effects(events)));
                case Rejected(String reason) ->
                        poison = poison.chain(() -> putAside(record, reason));
            }
        }
        return poison.chain(() -> apply(readable));
    }

    private List<Effect> effects(List<SesEvent> events) {
        List<Effect> effects = new ArrayList<>();
        for (SesEvent event : events) {
            Effect effect = Effects.of(event);
            if (effect == null) {
                count("foreign");
            } else {
                effects.add(effect);
            }
        }
        return effects;
    }

    private Uni<Void> apply(List<Legible> batch) {
        List<Effect> effects = batch.stream().flatMap(one -> one.effects().stream()).toList();
        if (effects.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return patiently(() -> store.apply(effects), SesEventsConsumer::mayPass)
                .invoke(results -> results.forEach(this::count))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> applyHalves(batch, failure));
    }

    /// One record breaks a rule of the database: the halves are tried alone, down to the culprit.
    private Uni<Void> applyHalves(List<Legible> batch, Throwable failure) {
        if (batch.size() == 1) {
            return putAside(batch.getFirst().record(), "cannot be stored: " + sqlState(failure));
        }
        int half = batch.size() / 2;
        return apply(batch.subList(0, half)).chain(() -> apply(batch.subList(half, batch.size())));
    }

    private Uni<Void> putAside(ConsumerRecord<String, byte[]> record, String reason) {
        return patiently(() -> deadLetters.add(record, reason), failure -> true);
    }

    private static <T> Uni<T> patiently(Supplier<Uni<T>> task, Predicate<Throwable> again) {
        return Uni.createFrom()
                .deferred(task::get)
                .onFailure(again)
                .invoke(failure ->
                        Log.warnf(
                                "events not taken, will be tried again cause=%s",
                                failure.toString()))
                .onFailure(again)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /// Everything but the data itself being unacceptable: classes 22 (data exception) and 23
    /// (integrity constraint violation) of SQLSTATE.
    private static boolean mayPass(Throwable failure) {
        String state = sqlState(failure);
        return !state.startsWith("22") && !state.startsWith("23");
    }

    private static String sqlState(Throwable failure) {
        PgException refusal = Violations.refusal(failure);
        return refusal == null || refusal.getSqlState() == null ? "" : refusal.getSqlState();
    }

    private void count(Result result) {
        count(result.name().toLowerCase(Locale.ROOT));
    }

    private void count(String outcome) {
        metrics.counter("sendex.feedback.events", "outcome", outcome).increment();
    }
}
