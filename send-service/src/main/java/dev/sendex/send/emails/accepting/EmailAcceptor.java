package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.DOMAIN_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.emails.accepting.EmailWriter.Outcome;
import dev.sendex.send.emails.idempotency.Fingerprint;
import dev.sendex.send.emails.idempotency.IdempotencyKey;
import dev.sendex.send.emails.idempotency.IdempotencyRecords;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Attempt;
import dev.sendex.send.message.Email;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Accepts emails: validates, stores and queues each one before the request is answered.
@ApplicationScoped
class EmailAcceptor {

    private final EmailWriter writer;
    private final IdempotencyRecords records;
    private final Fingerprint fingerprint;
    private final Ids ids;
    private final Clock clock;
    private final Counter count;

    EmailAcceptor(
            EmailWriter writer,
            IdempotencyRecords records,
            Fingerprint fingerprint,
            Ids ids,
            Clock clock,
            MeterRegistry metrics) {
        this.writer = writer;
        this.records = records;
        this.fingerprint = fingerprint;
        this.ids = ids;
        this.clock = clock;
        this.count = metrics.counter("sendex.emails.accepted");
    }

    Uni<AcceptedEmail> accept(
            Caller caller, @Nullable IdempotencyKey key, @Nullable SendEmail request) {
        if (request == null) {
            throw MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
        }
        Draft draft = EmailRules.draft(request);
        refuseForeignDomain(caller, draft.from().domain());
        if (key == null) {
            return write(new NewEmail(email(caller, draft), draft.sizeBytes(), caller, null));
        }
        Attempt attempt =
                new Attempt(caller.accountId(), caller.environment(), key, fingerprint.of(request));
        NewEmail email = new NewEmail(email(caller, draft), draft.sizeBytes(), caller, attempt);
        return records.alone(attempt, write(email));
    }

    private static void refuseForeignDomain(Caller caller, String domain) {
        if (caller instanceof KeyCaller key && !key.allowsSenderDomain(domain)) {
            throw DOMAIN_NOT_ALLOWED.because(
                    "This key may not send from %s. Use one of the domains it allows."
                            .formatted(domain));
        }
    }

    private Email email(Caller caller, Draft draft) {
        return new Email(
                caller.accountId(),
                ids.next(),
                caller.environment().value(),
                clock.instant(),
                draft.from(),
                draft.recipients(),
                List.of(),
                draft.replyTo(),
                draft.subject(),
                draft.html(),
                draft.text(),
                draft.headers(),
                draft.tags(),
                draft.attachments());
    }

    private Uni<AcceptedEmail> write(NewEmail email) {
        return writer.write(email).map(EmailAcceptor::accepted).invoke(this::count);
    }

    private static AcceptedEmail accepted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(AcceptedEmail email) -> email;
            case Outcome.Refused(ProblemException problem) -> throw problem;
        };
    }

    private void count(AcceptedEmail email) {
        if (!email.replayed()) {
            count.increment();
        }
    }
}
