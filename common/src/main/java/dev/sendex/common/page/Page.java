package dev.sendex.common.page;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The requested page of a list. Lists are sorted by id, newest first.
///
/// A query reads [#fetch()] rows, one more than are returned, to find out whether there are more:
/// with [#after()] those with smaller ids, newest first; with [#before()] those with greater ids,
/// **oldest first** (nearest to the cursor first), which [#slice] reverses.
///
/// @param limit the maximum number of entries, 1 to 100
/// @param after the cursor: entries older than this one
/// @param before the cursor: entries newer than this one
public record Page(int limit, @Nullable UUID after, @Nullable UUID before) {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private static final String OLDER =
            " and id < coalesce($%d::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')"
                    + " order by id desc limit $%d";
    private static final String NEWER = " and id > $%d::uuid order by id limit $%d";

    /// Reads the query parameters `limit`, `after` and `before`.
    ///
    /// @throws dev.sendex.common.problem.ProblemException if one is not valid, or both cursors are
    ///   given
    public static Page of(@Nullable String limit, @Nullable String after, @Nullable String before) {
        if (after != null && before != null) {
            throw INVALID_PARAMETER.on("before", "cannot be combined with `after`");
        }
        return new Page(limit(limit), id("after", after), id("before", before));
    }

    /// How many rows the query must read.
    public int fetch() {
        return limit + 1;
    }

    /// Reads the page with the SQL client.
    ///
    /// @param select a query with a `where` and a column `id`; cursor, order and limit are added
    /// @param parameters those of the query
    public <T> Uni<ListOf<T>> read(
            SqlClient database, String select, Tuple parameters, Function<Row, T> view) {
        return database.preparedQuery(select + orderAndLimit(parameters.size()))
                .execute(parameters.addUUID(before == null ? after : before).addInteger(fetch()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
                .map(rows -> slice(rows, view));
    }

    /// The end of a query with this number of parameters.
    private String orderAndLimit(int parameters) {
        String orderAndLimit = before == null ? OLDER : NEWER;
        return orderAndLimit.formatted(parameters + 1, parameters + 2);
    }

    /// The response for the rows of the query, in its order.
    public <R, T> ListOf<T> slice(List<R> rows, Function<? super R, ? extends T> view) {
        boolean more = rows.size() > limit;
        List<R> entries = more ? rows.subList(0, limit) : rows;
        List<R> newestFirst = before == null ? entries : entries.reversed();
        return new ListOf<>("list", more, newestFirst.stream().<T>map(view).toList());
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            // refused below
        }
        throw INVALID_PARAMETER.on("limit", "must be a number from 1 to %d".formatted(MAX_LIMIT));
    }

    private static @Nullable UUID id(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw INVALID_PARAMETER.on(name, "must be the id of an item in this list");
        }
    }
}
