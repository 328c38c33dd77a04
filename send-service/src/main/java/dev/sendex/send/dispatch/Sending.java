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
import java.util.random.RandomGenerator;

/// One attempt to send one email, from loading it to recording the outcome.
@ApplicationScoped
class Sending {

    /// How long all instances pause when SES throttles one of them.
    private static final Duration PAUSE_WHEN_THROTTLED = Duration.ofMillis(250);

    private static final Duration MIN_BACKOFF = Duration.ofMillis(50);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
    private static final Duration PAUSE_WITHOUT_QUOTA = Duration.ofMinutes(1);

    private final EmailLoader emails;
    private final Transport transport;
    private final Outcomes outcomes;
    private final DispatchQueue queue;
    private final SendTokens tokens;
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
            SendTokens tokens,
            DispatchConfig config,
            SesCircuitBreaker breaker,
            DispatchMetrics metrics,
            Clock clock) {
        this.emails = emails;
        this.transport = transport;
        this.outcomes = outcomes;
        this.queue = queue;
        this.tokens = tokens;
        this.config = config;
        this.breaker = breaker;
        this.metrics = metrics;
        this.clock = clock;
        this.schedule = new RetrySchedule(config.firstRetry(), config.longestRetry());
    }

    /// Loads and sends an email. Fails only if the database fails; the email is then sent again
    /// after its lease expires.
    Uni<Void> send(Claim claim) {
        metrics.sendingFromQueue();
        return load(claim)
                .chain(email -> send(claim, email))
                .onFailure(UnsendableEmail.class)
                .recoverWithUni(failure -> unsendable(claim, failure));
    }

    /// An email that could not be loaded was certainly not sent, so it is retried without waiting
    /// for its lease and the grace period.
    private Uni<Email> load(Claim claim) {
        return Uni.createFrom()
                .deferred(() -> emails.load(claim))
                .onFailure(Sending::isDatabaseFailure)
                .retry()
                .withBackOff(MIN_BACKOFF, MAX_BACKOFF)
                .expireIn(config.lease().dividedBy(2).toMillis())
                .onFailure(failure -> !(failure instanceof UnsendableEmail))
                .call(() -> queue.retry(claim, retryDelay(claim)));
    }

    private Uni<Void> unsendable(Claim claim, UnsendableEmail failure) {
        return failed(claim, failure.email(), failure.reason());
    }

    /// Other failures mean that the stored email is invalid, which a retry does not change.
    private static boolean isDatabaseFailure(Throwable failure) {
        return !(failure instanceof IllegalStateException
                || failure instanceof IllegalArgumentException
                || failure instanceof NoSuchElementException
                || failure instanceof NullPointerException
                || failure instanceof UnsendableEmail);
    }

    /// Sends an email that was just accepted.
    Uni<Void> sendFromMemory(Claim claim, Email email) {
        metrics.sendingFromMemory();
        return Uni.createFrom().deferred(() -> send(claim, email));
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

    /// Updates the circuit breaker with the outcome of live emails. When an outage ends, emails
    /// that failed during it are retried at once.
    private Uni<Void> settle(Claim claim, Email email, SendOutcome outcome) {
        boolean recovered = isLive(email) && breaker.record(outcome);
        Uni<Void> settled = settleWithRetry(claim, email, outcome);
        return recovered ? settled.call(queue::endPauses) : settled;
    }

    private static boolean isLive(Email email) {
        return email.environment().equals(Environment.LIVE.value());
    }

    /// Retried, because losing a known outcome to a short database failure would send the email
    /// twice.
    private Uni<Void> settleWithRetry(Claim claim, Email email, SendOutcome outcome) {
        return Uni.createFrom()
                .deferred(() -> write(claim, email, outcome))
                .onFailure()
                .retry()
                .withBackOff(MIN_BACKOFF, MAX_BACKOFF)
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
        tokens.drop();
        return queue.pause(pause).chain(() -> queue.requeue(claim, pause));
    }

    private Uni<Void> retry(Claim claim, Email email, String reason) {
        if (email.createdAt().plus(config.giveUpAfter()).isBefore(clock.instant())) {
            return failed(claim, email, reason);
        }
        Log.debugf(
                "email not sent, will be retried emailId=%s attempt=%d cause=%s",
                claim.emailId(), claim.attempt(), reason);
        return queue.retry(claim, retryDelay(claim));
    }

    private Duration retryDelay(Claim claim) {
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

    /// Exponential back-off with 20 % jitter, so that emails that failed together are not retried
    /// together.
    record RetrySchedule(Duration first, Duration longest) {

        private static final int MAX_DOUBLING = 30;
        private static final double JITTER = 0.2;

        /// The delay after the given number of failed attempts, counted from 1.
        Duration after(int attempts, RandomGenerator random) {
            long factor = 1L << Math.clamp(attempts - 1L, 0, MAX_DOUBLING);
            double millis =
                    Math.min((double) longest.toMillis(), (double) first.toMillis() * factor);
            double jitter = 1 - JITTER + 2 * JITTER * random.nextDouble();
            return Duration.ofMillis(Math.round(millis * jitter));
        }
    }
}
