package dev.sendex.send.dispatch;

import dev.sendex.common.token.Environment;
import dev.sendex.send.dispatch.EmailLoader.UnsendableEmail;
import dev.sendex.send.message.Email;
import dev.sendex.send.ses.SendOutcome;
import dev.sendex.send.ses.SendOutcome.Accepted;
import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SendOutcome.Throttled;
import dev.sendex.send.ses.SendOutcome.Unavailable;
import dev.sendex.send.ses.SendOutcome.Unknown;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;

/// One try to send one email, from reading it to writing down what became of it.
@ApplicationScoped
class Sending {

    /// A throttled instance lets the others pause as well.
    private static final Duration PAUSE_WHEN_THROTTLED = Duration.ofMillis(250);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);
    private static final Duration PAUSE_WITHOUT_QUOTA = Duration.ofMinutes(1);

    private final EmailLoader emails;
    private final Transport transport;
    private final Outcomes outcomes;
    private final DispatchQueue queue;
    private final DispatchConfig config;
    private final SesCircuitBreaker breaker;
    private final DispatchMetrics metrics;
    private final Clock clock;
    private final RetrySchedule schedule;

    Sending(
            EmailLoader emails,
            Transport transport,
            Outcomes outcomes,
            DispatchQueue queue,
            DispatchConfig config,
            SesCircuitBreaker breaker,
            DispatchMetrics metrics,
            Clock clock) {
        this.emails = emails;
        this.transport = transport;
        this.outcomes = outcomes;
        this.queue = queue;
        this.config = config;
        this.breaker = breaker;
        this.metrics = metrics;
        this.clock = clock;
        this.schedule = new RetrySchedule(config.firstRetry(), config.longestRetry());
    }

    /// Fails only if the database does; then the lease runs out and the email is tried again.
    Uni<Void> send(Claim claim) {
        return load(claim)
                .chain(email -> send(claim, email))
                .onFailure(UnsendableEmail.class)
                .recoverWithUni(failure -> unsendable(claim, failure));
    }

    /// An email that could not be read was certainly not sent, and need not wait for its lease and
    /// the grace period.
    private Uni<Email> load(Claim claim) {
        return Uni.createFrom()
                .deferred(() -> emails.load(claim))
                .onFailure(Sending::isOfDatabase)
                .retry()
                .withBackOff(FIRST_PAUSE, MAX_PAUSE)
                .expireIn(config.lease().dividedBy(2).toMillis())
                .onFailure(failure -> !(failure instanceof UnsendableEmail))
                .call(() -> queue.retry(claim, pauseAfter(claim)));
    }

    private Uni<Void> unsendable(Claim claim, UnsendableEmail failure) {
        return failed(claim, failure.email(), failure.reason());
    }

    /// Not that what the database gave makes no email, which another try does not change.
    private static boolean isOfDatabase(Throwable failure) {
        return !(failure instanceof IllegalStateException
                || failure instanceof IllegalArgumentException
                || failure instanceof NoSuchElementException
                || failure instanceof NullPointerException
                || failure instanceof UnsendableEmail);
    }

    private Uni<Void> send(Claim claim, Email email) {
        if (email.destinations().isEmpty()) {
            metrics.suppressed();
            return outcomes.suppressed(claim, email);
        }
        if (claim.unanswered() >= config.attempts()) {
            return failed(claim, email, "no answer came from Amazon SES");
        }
        return transport
                .send(email, claim.sizeBytes())
                .onFailure()
                .recoverWithItem(failure -> new Unavailable(failure.getClass().getSimpleName()))
                .invoke(metrics::tried)
                .chain(outcome -> settle(claim, email, outcome));
    }

    /// SES's answer to a live email also says whether SES takes email at all. When it does again,
    /// whatever was tried in the outage need not wait any longer.
    private Uni<Void> settle(Claim claim, Email email, SendOutcome outcome) {
        boolean recovered = isLive(email) && breaker.record(outcome);
        Uni<Void> settled = settleWithRetry(claim, email, outcome);
        return recovered ? settled.call(queue::endPauses) : settled;
    }

    private static boolean isLive(Email email) {
        return email.environment().equals(Environment.LIVE.value());
    }

    /// An outcome that is known must not be lost to a hiccup of the database: the email would be
    /// sent twice.
    private Uni<Void> settleWithRetry(Claim claim, Email email, SendOutcome outcome) {
        return Uni.createFrom()
                .deferred(() -> write(claim, email, outcome))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, MAX_PAUSE)
                .expireIn(config.lease().toMillis());
    }

    private Uni<Void> write(Claim claim, Email email, SendOutcome outcome) {
        return switch (outcome) {
            case Accepted(String messageId) -> outcomes.sent(email, messageId);
            case Throttled(boolean dailyQuota) -> throttle(claim, dailyQuota);
            case Rejected(String reason) -> failed(claim, email, reason);
            case Unavailable(String reason) -> retry(claim, email, reason);
            case Unknown _ -> waitForEvent(claim);
        };
    }

    private Uni<Void> throttle(Claim claim, boolean dailyQuota) {
        Duration pause = dailyQuota ? PAUSE_WITHOUT_QUOTA : PAUSE_WHEN_THROTTLED;
        return queue.hold(pause).chain(() -> queue.putBack(claim, pause));
    }

    private Uni<Void> retry(Claim claim, Email email, String reason) {
        if (email.createdAt().plus(config.giveUpAfter()).isBefore(clock.instant())) {
            return failed(claim, email, reason);
        }
        Log.debugf(
                "email not sent, will be retried emailId=%s attempt=%d cause=%s",
                claim.emailId(), claim.attempt(), reason);
        return queue.retry(claim, pauseAfter(claim));
    }

    private Duration pauseAfter(Claim claim) {
        return schedule.after(claim.attempt(), ThreadLocalRandom.current());
    }

    private Uni<Void> waitForEvent(Claim claim) {
        Log.warnf(
                "no answer from SES, waiting for an event before trying again emailId=%s attempt=%d",
                claim.emailId(), claim.attempt());
        return queue.expireLease(claim);
    }

    private Uni<Void> failed(Claim claim, Email email, String reason) {
        metrics.failed();
        Log.infof("email failed emailId=%s attempt=%d", claim.emailId(), claim.attempt());
        return outcomes.failed(claim, email, reason);
    }
}
