package dev.sendex.common.introspection;

import dev.sendex.common.introspection.Introspection.Active;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// An answer of key-service and when it was asked for. Age counts from the question: that is the
/// last moment for which the answer surely holds.
final class RememberedAnswer {

    private final Introspection answer;
    private final Question question;
    private final @Nullable Long version;
    private final AtomicLong renewableAt;

    /// When something was asked.
    ///
    /// @param nanos the ticker's time
    /// @param moment the evictions' moment
    record Question(long nanos, long moment) {}

    RememberedAnswer(Introspection answer, Question question, long renewableAt) {
        this.answer = answer;
        this.question = question;
        version = answer instanceof Active(KeyGrant grant) ? (Long) grant.version() : null;
        this.renewableAt = new AtomicLong(renewableAt);
    }

    Introspection answer() {
        return answer;
    }

    Question question() {
        return question;
    }

    long age(long now) {
        return now - question.nanos();
    }

    /// What version of the key it tells of; an inactive token has none.
    @Nullable Long version() {
        return version;
    }

    /// Whether it is time to ask again, true for one caller only until `next`.
    boolean claimRenewal(long now, long next) {
        long due = renewableAt.get();
        return now - due >= 0 && renewableAt.compareAndSet(due, next);
    }
}
