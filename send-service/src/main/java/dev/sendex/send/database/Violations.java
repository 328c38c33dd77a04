package dev.sendex.send.database;

import io.vertx.pgclient.PgException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Recognises which rule of the database a failed transaction broke. Rules decide races; the losers
/// are told by name.
public final class Violations {

    private Violations() {}

    /// Whether the failure is a violation of the constraint or unique index of this name.
    public static Predicate<Throwable> of(String constraint) {
        return failure -> {
            PgException refusal = refusal(failure);
            return refusal != null && constraint.equals(refusal.getConstraint());
        };
    }

    /// PostgreSQL's own answer, however wrapped, or null if the failure is of another kind.
    public static @Nullable PgException refusal(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refusal) {
                return refusal;
            }
        }
        return null;
    }
}
