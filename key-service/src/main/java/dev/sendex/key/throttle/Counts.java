package dev.sendex.key.throttle;

import static dev.sendex.common.problem.Problem.RATE_LIMIT_EXCEEDED;

import dev.sendex.common.problem.ProblemException;
import java.time.Duration;

/// How an attempt stands against the bounds.
///
/// @param clientWait how many seconds whoever attempts has to wait, 0 for not at all
/// @param subjectWait how many seconds everybody who is not known has to wait for this subject
/// @param reached whether this is the attempt, one in a window, that found the subject's bound
///   reached
public record Counts(int clientWait, int subjectWait, boolean reached) {

    /// Refuses an attempt of somebody who made too many.
    public void requireClient() {
        if (clientWait > 0) {
            throw refusal();
        }
    }

    /// Whether there were too many attempts on the subject, whoever made them.
    public boolean isSubjectClosed() {
        return subjectWait > 0;
    }

    public void requireBoth() {
        if (clientWait > 0 || isSubjectClosed()) {
            throw refusal();
        }
    }

    /// The answer to an attempt beyond a bound; it does not say which.
    public ProblemException refusal() {
        int wait = Math.max(clientWait, subjectWait);
        return RATE_LIMIT_EXCEEDED.retryAfter(
                Duration.ofSeconds(wait),
                "There were too many failed attempts. Try again in %d seconds.".formatted(wait));
    }
}
