package dev.sendex.send.database;

import io.vertx.pgclient.PgException;
import java.util.function.Predicate;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/// Recognises which rule of the database a failed transaction broke. Rules decide races; the losers
/// are told by name.
public final class Violations {

    private Violations() {}

    /// Whether the failure is a violation of the constraint or unique index of this name.
    public static Predicate<Throwable> of(String constraint) {
        return failure -> constraint.equals(violated(failure));
    }

    /// Hibernate keeps the name and drops PostgreSQL's own answer; the SQL client hands that on.
    private static @Nullable String violated(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException violation) {
                return violation.getConstraintName();
            }
        }
        PgException refusal = refusal(failure);
        return refusal == null ? null : refusal.getConstraint();
    }

    /// PostgreSQL's own answer, however wrapped, or null if the failure is of another kind.
    private static @Nullable PgException refusal(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
