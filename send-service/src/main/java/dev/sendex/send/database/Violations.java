package dev.sendex.send.database;

import io.vertx.pgclient.PgException;
import java.util.function.Predicate;

/// Recognises which rule of the database a failed transaction broke. Rules decide races; the losers
/// are told by name.
public final class Violations {

    private Violations() {}

    /// Whether the failure is a violation of the constraint or unique index of this name.
    public static Predicate<Throwable> of(String constraint) {
        return failure ->
                failure instanceof PgException refusal
                        && constraint.equals(refusal.getConstraint());
    }
}
