package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.DOMAIN_NOT_ALLOWED;
import static dev.sendex.common.problem.Problem.DOMAIN_NOT_VERIFIED;
import static dev.sendex.common.problem.Problem.MALFORMED_REQUEST;

import dev.sendex.common.identity.caller.Caller;
import dev.sendex.common.identity.caller.KeyCaller;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.runtime.Ids;
import dev.sendex.send.emails.idempotency.Fingerprint;
import dev.sendex.send.emails.idempotency.IdempotencyKey;
import dev.sendex.send.emails.idempotency.IdempotencyRecords;
import dev.sendex.send.emails.idempotency.IdempotencyRecords.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Accepts emails: validates, stores and queues each one before the request is answered.
@ApplicationScoped
class EmailAcceptor {

    private final Pool pool;
    private final EmailStore emails;
    private final IdempotencyRecords records;
    private final SendingLimits limits;
    private final Fingerprint fingerprint;
    private final Ids ids;
    private final Clock clock;
    private final Event<EmailAccepted> accepted;
    private final Counter count;

    EmailAcceptor(
            Pool pool,
            EmailStore emails,
            IdempotencyRecords records,
            SendingLimits limits,
            Fingerprint fingerprint,
            Ids ids,
            Clock clock,
            Event<EmailAccepted> accepted,
            MeterRegistry metrics) {
        this.pool = pool;
        this.emails = emails;
        this.records = records;
        this.limits = limits;
        this.fingerprint = fingerprint;
        this.ids = ids;
        this.clock = clock;
        this.accepted = accepted;
        this.count = metrics.counter("sendex.emails.accepted");
    }

    Uni<AcceptedEmail> accept(
            Caller caller, @Nullable IdempotencyKey key, @Nullable SendEmail request) {
        if (request == null) {
            throw MALFORMED_REQUEST.because("The body must be a JSON object as documented.");
        }
        Draft draft = EmailRules.draft(request);
        refuseForeignDomain(caller, draft.from().domain());
        NewEmail email = new NewEmail(ids.next(), caller, clock.instant(), draft);
        Uni<AcceptedEmail> answer =
                key == null ? storeAlone(email) : storeOnce(email, key, request);
        return answer.invoke(this::announce);
    }

    private Uni<AcceptedEmail> storeAlone(NewEmail email) {
        return sendingLimit(email) == null
                ? store(pool, email)
                : pool.withTransaction(transaction -> storeCounted(transaction, email));
    }

    private static @Nullable SendingLimit sendingLimit(NewEmail email) {
        return email.caller() instanceof KeyCaller key ? key.grant().sendingLimit() : null;
    }

    private Uni<AcceptedEmail> storeCounted(SqlConnection transaction, NewEmail email) {
        SendingLimit limit = sendingLimit(email);
        return limit != null && email.caller() instanceof KeyCaller key
                ? limits.count(transaction, key.grant(), limit, email.draft().recipients().size())
                        .chain(() -> store(transaction, email))
                : store(transaction, email);
    }

    private static void refuseForeignDomain(Caller caller, String domain) {
        if (caller instanceof KeyCaller key && !key.allowsSenderDomain(domain)) {
            throw DOMAIN_NOT_ALLOWED.because(
                    "This key may not send from %s. Use one of the domains it allows."
                            .formatted(domain));
        }
    }

    private Uni<AcceptedEmail> store(SqlClient database, NewEmail email) {
        return emails.add(database, email)
                .invoke(stored -> refuseUnverified(stored, email))
                .replaceWith(new AcceptedEmail(email.id(), false));
    }

    private static void refuseUnverified(boolean stored, NewEmail email) {
        if (!stored) {
            throw DOMAIN_NOT_VERIFIED.because(
                    "%s is not a verified domain of this account. Add it under /v1/domains and set its"
                                    .formatted(email.draft().from().domain())
                            + " DNS records.");
        }
    }

    private Uni<AcceptedEmail> storeOnce(NewEmail email, IdempotencyKey key, SendEmail request) {
        Caller caller = email.caller();
        Attempt attempt =
                new Attempt(
                        caller.accountId(),
                        caller.environment(),
                        key,
                        fingerprint.of(request),
                        email.id());
        return pool.withTransaction(transaction ->
                records.claim(transaction, attempt)
                        .chain(earlier -> earlierOr(earlier, transaction, email)));
    }

    private Uni<AcceptedEmail> earlierOr(
            @Nullable UUID earlier, SqlConnection transaction, NewEmail email) {
        return earlier == null
                ? storeCounted(transaction, email)
                : Uni.createFrom().item(new AcceptedEmail(earlier, true));
    }

    private void announce(AcceptedEmail email) {
        if (!email.replayed()) {
            count.increment();
            accepted.fire(new EmailAccepted());
        }
    }
}
