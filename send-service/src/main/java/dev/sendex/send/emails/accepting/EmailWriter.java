package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.DOMAIN_NOT_VERIFIED;
import static dev.sendex.common.problem.Problem.INVALID_IDEMPOTENT_REQUEST;

import dev.sendex.common.database.Batcher;
import dev.sendex.common.database.Batcher.Limits;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.send.emails.accepting.EmailStore.Stored;
import dev.sendex.send.emails.accepting.Handover.Claimed;
import dev.sendex.send.emails.accepting.Handover.Offer;
import dev.sendex.send.emails.accepting.NewEmail.Counter;
import dev.sendex.send.emails.accepting.NewEmail.Limited;
import dev.sendex.send.emails.accepting.SendingLimits.Counts;
import dev.sendex.send.emails.idempotency.IdempotencyRecords;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Attempt;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Earlier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Commits emails that arrive at about the same time together. Each caller gets the outcome of its
/// own email.
///
/// Emails of keys with a sending limit are committed apart from all others, since they may have to
/// wait for another instance that counts for the same key.
@ApplicationScoped
class EmailWriter {

    /// More emails per statement make each one hardly cheaper.
    private static final Limits LIMITS = new Limits(64, 4 * 1024 * 1024, 4096, 32 * 1024 * 1024, 2);

    private final Pool pool;
    private final EmailStore emails;
    private final IdempotencyRecords records;
    private final SendingLimits limits;
    private final Handover handover;
    private final Batcher<NewEmail, Outcome> unlimited =
            new Batcher<>(LIMITS, NewEmail::sizeBytes, this::write);
    private final Batcher<NewEmail, Outcome> limited =
            new Batcher<>(LIMITS, NewEmail::sizeBytes, this::writeLimited);

    EmailWriter(
            Pool pool,
            EmailStore emails,
            IdempotencyRecords records,
            SendingLimits limits,
            Handover handover) {
        this.pool = pool;
        this.emails = emails;
        this.records = records;
        this.limits = limits;
        this.handover = handover;
    }

    /// The outcome of one email.
    sealed interface Outcome {
        record Accepted(AcceptedEmail email) implements Outcome {}

        record Refused(ProblemException problem) implements Outcome {}
    }

    /// Completes once the email is committed or refused.
    Uni<Outcome> write(NewEmail email) {
        return (email.limited() == null ? unlimited : limited).submit(email);
    }

    private Uni<List<Outcome>> write(List<NewEmail> batch) {
        return write(batch, claimed -> emails.store(pool, batch, claimed));
    }

    private Uni<List<Outcome>> writeLimited(List<NewEmail> batch) {
        return write(
                batch,
                claimed ->
                        pool.withTransaction(
                                transaction -> storeWithinLimits(transaction, batch, claimed)));
    }

    private Uni<List<Outcome>> write(
            List<NewEmail> batch, Function<Claimed, Uni<List<Stored>>> store) {
        return handover.claim(batch.stream().map(email -> email.offer(List.of())).toList())
                .chain(claimed ->
                        Uni.createFrom()
                                .deferred(() -> store.apply(claimed))
                                .invoke(stored -> handover.stored(claimed, accepted(batch, stored)))
                                .onFailure()
                                .invoke(() -> handover.stored(claimed, List.of())))
                .chain(stored -> outcomes(batch, stored));
    }

    /// Emails that were accepted before under the same idempotency key do not count.
    private Uni<List<Stored>> storeWithinLimits(
            SqlConnection transaction, List<NewEmail> batch, Claimed claimed) {
        Set<Counter> counters =
                batch.stream().map(EmailWriter::counter).collect(Collectors.toSet());
        return limits.lock(transaction, counters)
                .chain(counts ->
                        records.find(transaction, attempts(batch))
                                .map(known -> refusals(batch, known, counts)))
                .chain(refusals -> storeOthers(transaction, batch, refusals, claimed));
    }

    private static Map<UUID, Stored> refusals(
            List<NewEmail> batch, Map<Attempt, Earlier> known, Counts counts) {
        Map<UUID, Stored> refusals = new HashMap<>();
        for (NewEmail email : batch) {
            Attempt attempt = email.attempt();
            if (attempt == null || !known.containsKey(attempt)) {
                ProblemException refusal = counts.count(limited(email), email.recipients());
                if (refusal != null) {
                    refusals.put(email.id(), new Stored.OverLimit(refusal));
                }
            }
        }
        return refusals;
    }

    private Uni<List<Stored>> storeOthers(
            SqlConnection transaction,
            List<NewEmail> batch,
            Map<UUID, Stored> refusals,
            Claimed claimed) {
        List<NewEmail> others =
                batch.stream().filter(email -> !refusals.containsKey(email.id())).toList();
        return emails.store(transaction, others, claimed)
                .call(stored -> limits.add(transaction, recipients(others, stored)))
                .map(stored -> inOrder(batch, refusals, stored.iterator()));
    }

    private static List<Stored> inOrder(
            List<NewEmail> batch, Map<UUID, Stored> refusals, Iterator<Stored> others) {
        List<Stored> all = new ArrayList<>();
        for (NewEmail email : batch) {
            Stored refusal = refusals.get(email.id());
            all.add(refusal == null ? others.next() : refusal);
        }
        return all;
    }

    private static Map<Counter, Long> recipients(List<NewEmail> batch, List<Stored> stored) {
        Map<Counter, Long> recipients = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            if (stored.get(i) instanceof Stored.Accepted) {
                NewEmail email = batch.get(i);
                recipients.merge(counter(email), (long) email.recipients(), Long::sum);
            }
        }
        return recipients;
    }

    private static Limited limited(NewEmail email) {
        return Objects.requireNonNull(email.limited());
    }

    private static Counter counter(NewEmail email) {
        return limited(email).counter();
    }

    private static List<Attempt> attempts(List<NewEmail> emails) {
        return emails.stream().map(NewEmail::attempt).filter(Objects::nonNull).toList();
    }

    private static List<Offer> accepted(List<NewEmail> batch, List<Stored> stored) {
        List<Offer> accepted = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (stored.get(i) instanceof Stored.Accepted(List<String> suppressed)) {
                accepted.add(batch.get(i).offer(suppressed));
            }
        }
        return accepted;
    }

    /// Nothing may fail here, since emails of the batch are committed. A request whose earlier
    /// email cannot be read is told to retry in a moment.
    private Uni<List<Outcome>> outcomes(List<NewEmail> batch, List<Stored> stored) {
        List<NewEmail> others = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            if (stored.get(i) instanceof Stored.Repeated
                    || stored.get(i) instanceof Stored.Unverified) {
                others.add(batch.get(i));
            }
        }
        return records.find(pool, attempts(others))
                .onFailure()
                .recoverWithItem(Map.of())
                .map(earlier -> outcomes(batch, stored, earlier));
    }

    private static List<Outcome> outcomes(
            List<NewEmail> batch, List<Stored> stored, Map<Attempt, Earlier> earlier) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            outcomes.add(outcome(batch.get(i), stored.get(i), earlier));
        }
        return outcomes;
    }

    private static Outcome outcome(NewEmail email, Stored stored, Map<Attempt, Earlier> earlier) {
        return switch (stored) {
            case Stored.Accepted _ -> new Outcome.Accepted(new AcceptedEmail(email.id(), false));
            case Stored.Unverified _ ->
                    isKnown(email, earlier)
                            ? repeated(email, earlier)
                            : new Outcome.Refused(unverified(email));
            case Stored.OverLimit(ProblemException problem) -> new Outcome.Refused(problem);
            case Stored.Repeated _ -> repeated(email, earlier);
        };
    }

    private static boolean isKnown(NewEmail email, Map<Attempt, Earlier> known) {
        return email.attempt() != null && known.containsKey(email.attempt());
    }

    private static Outcome repeated(NewEmail email, Map<Attempt, Earlier> known) {
        Attempt attempt = Objects.requireNonNull(email.attempt());
        Earlier earlier = known.get(attempt);
        if (earlier == null) {
            return new Outcome.Refused(IdempotencyRecords.stillInProgress());
        }
        return earlier.fingerprint().equals(attempt.fingerprint())
                ? new Outcome.Accepted(new AcceptedEmail(earlier.emailId(), true))
                : new Outcome.Refused(
                        INVALID_IDEMPOTENT_REQUEST.because(
                                "This Idempotency-Key was used for a request with another payload."
                                        + " Use a new key."));
    }

    private static ProblemException unverified(NewEmail email) {
        return DOMAIN_NOT_VERIFIED.because(
                "%s is not a verified domain of this account. Add it under /v1/domains and set its"
                                .formatted(email.email().from().domain())
                        + " DNS records.");
    }
}
