package dev.sendex.common.kafka.batch;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Distinguishes a database that is unreachable, overloaded or being changed from one that refuses
/// the data: the former is temporary, however long it lasts. In case of doubt it is an outage,
/// since waiting loses nothing.
final class Outage {

    /// Classes of SQLSTATE that do not concern the statement: connection exception, invalid
    /// transaction state (a standby that is read-only), invalid authorization, no such database,
    /// rollback, insufficient resources, object not in the state for it (locks), operator
    /// intervention, system error.
    private static final Set<String> TEMPORARY =
            Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58");

    private static final int CLASS_LENGTH = 2;

    private Outage() {}

    static boolean isCauseOf(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PgException refusal && refusal.getSqlState() != null) {
                return TEMPORARY.contains(sqlStateClass(refusal));
            }
            if (isOfConnection(cause)) {
                return true;
            }
        }
        return false;
    }

    /// Vert.x has its own exceptions, and bare throwables for timeouts of the pool. Bugs in our
    /// code cause unchecked exceptions.
    private static boolean isOfConnection(Throwable cause) {
        boolean unchecked = cause instanceof RuntimeException || cause instanceof Error;
        return !unchecked || cause instanceof VertxException || cause instanceof TimeoutException;
    }

    private static String sqlStateClass(PgException refusal) {
        String state = refusal.getSqlState();
        return state.length() < CLASS_LENGTH ? state : state.substring(0, CLASS_LENGTH);
    }
}
