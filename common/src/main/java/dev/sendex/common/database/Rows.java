package dev.sendex.common.database;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads rows, and converts times to and from PostgreSQL's `timestamptz`.
public final class Rows {

    private Rows() {}

    /// The first row.
    ///
    /// @param none the failure if there is none
    public static Row require(RowSet<Row> rows, Supplier<? extends RuntimeException> none) {
        if (rows.size() == 0) {
            throw none.get();
        }
        return rows.iterator().next();
    }

    /// The time in a column, or null.
    public static @Nullable Instant time(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /// A time as a parameter, or null.
    public static @Nullable OffsetDateTime parameter(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
