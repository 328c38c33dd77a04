package dev.sendex.send.database;

import io.vertx.pgclient.PgException;
import java.util.function.Predicate;

/// Recognises which database constraint a failed transaction violated. Constraints resolve races
/// between requests; their names identify the conflict.
public final class Violations {

    private Violations() {}

    /// Whether the failure is a violation of the constraint or unique index of this name.
    public static Predicate<Throwable> of(String constraint) {
        return failure ->
                failure instanceof PgException refusal
                        && constraint.equals(refusal.getConstraint());
    }
}
