package dev.sendex.common.database;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Recognises failures because the database is unreachable, overloaded or too slow: the same
/// request may succeed a moment later.
public final class DatabaseFailures {

    /// Classes and codes of SQLSTATE: connection exception, transaction rollback, insufficient
    /// resources, lock not available, canceled by a timeout, server shutting down or starting, idle
    /// in a transaction for too long. PostgreSQL, appendix A.
    private static final List<String> TEMPORARY =
            List.of("08", "40", "53", "55P03", "57014", "57P01", "57P02", "57P03", "25P03");

    /// Prefixes of the pool's messages if no connection was available in time, or too many
    /// statements wait for one. They have no exception types.
    private static final List<String> POOL_MESSAGES =
            List.of("Timeout", "Connection pool reached max wait queue size");

    private static final String RESET = "Connection reset";

    private DatabaseFailures() {}

    /// Whether this failure or one of its causes is temporary.
    public static boolean isTemporary(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isTemporaryItself(cause)) {
                return true;
            }
        }
        return false;
    }

    /// Whether concurrent transactions are the cause: a deadlock, a serialization failure, or a
    /// lock that was not released in time. The database itself is available.
    public static boolean isConflict(Throwable failure) {
        String state = sqlState(failure);
        return state != null && (state.startsWith("40") || state.equals("55P03"));
    }

    /// The SQLSTATE, or null if the failure has none.
    public static @Nullable String sqlState(Throwable failure) {
        return switch (failure) {
            case PgException reactive -> reactive.getSqlState();
            case SQLException jdbc -> jdbc.getSQLState();
            default -> null;
        };
    }

    private static boolean isTemporaryItself(Throwable failure) {
        String state = sqlState(failure);
        if (state != null) {
            return TEMPORARY.stream().anyMatch(state::startsWith);
        }
        return failure instanceof ClosedConnectionException
                || failure instanceof Batcher.Full
                || failure instanceof SocketException
                || failure instanceof UnknownHostException
                || failure instanceof ClosedChannelException
                || failure instanceof TimeoutException
                || isReset(failure)
                || isOfPool(failure);
    }

    private static boolean isReset(Throwable failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).startsWith(RESET);
    }

    private static boolean isOfPool(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return (failure instanceof VertxException || failure instanceof NoStackTraceThrowable)
                && POOL_MESSAGES.stream().anyMatch(message::startsWith);
    }
}
