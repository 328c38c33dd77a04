package dev.sendex.migrate;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A schema could not be migrated. The message has the schema and the reason, on one line.
final class MigrationFailure extends Exception {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    MigrationFailure(String service, Exception cause) {
        super("The schema of %s was not migrated: %s".formatted(service, reason(cause)), cause);
    }

    private static String reason(Exception cause) {
        return isLockTimeout(cause)
                ? "lock timeout, because another transaction is using a table that the migration"
                        + " changes. The migration changed nothing. Run the program again, or set a"
                        + " longer sendex.migrate.lock-timeout. "
                        + oneLine(cause)
                : oneLine(cause);
    }

    private static boolean isLockTimeout(@Nullable Throwable cause) {
        return cause != null
                && ((cause instanceof SQLException refusal
                                && LOCK_NOT_AVAILABLE.equals(refusal.getSQLState()))
                        || isLockTimeout(cause.getCause()));
    }

    private static String oneLine(Exception cause) {
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
