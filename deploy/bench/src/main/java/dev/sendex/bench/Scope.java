package dev.sendex.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.Supplier;

/// Ways for PostgreSQL to know whose rows it may show.
enum Scope {
    /// It does not; the statements say it themselves.
    NONE("as it is"),
    /// The same again: how far rounds differ by chance.
    AGAIN("as it is, again"),
    /// The connection has said it, and stays with one account: what the policies alone cost.
    CONNECTION("policies alone"),
    /// Each transaction says it first and waits for the answer, as behind `@WithTransaction`.
    TRANSACTION("said in each transaction"),
    /// Each transaction says it first, and what follows does not wait.
    PIPELINE("said in each transaction, pipelined");

    private static final String SAY = "select set_config('sendex.account_id', $1, $2)";

    private final String title;

    Scope(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Whether policies bind the database user.
    boolean isBound() {
        return this != NONE && this != AGAIN;
    }

    /// What a connection does once, before anything else.
    Future<?> prepare(SqlConnection connection, UUID account) {
        return this == CONNECTION ? say(connection, account, false) : Future.succeededFuture();
    }

    /// Does what is one statement, and without a scope its own transaction.
    Future<?> alone(SqlConnection connection, UUID account, Supplier<Future<?>> statement) {
        return switch (this) {
            case NONE, AGAIN, CONNECTION -> statement.get();
            case TRANSACTION -> inTransaction(connection, account, statement);
            case PIPELINE -> {
                connection.query("begin").execute();
                say(connection, account, true);
                Future<?> done = statement.get();
                yield connection.query("commit").execute().compose(_ -> done);
            }
        };
    }

    /// Does what is a transaction in any case.
    Future<?> inTransaction(SqlConnection connection, UUID account, Supplier<Future<?>> work) {
        return connection
                .begin()
                .compose(transaction ->
                        said(connection, account, work).compose(_ -> transaction.commit()));
    }

    private Future<?> said(SqlConnection connection, UUID account, Supplier<Future<?>> work) {
        return switch (this) {
            case NONE, AGAIN, CONNECTION -> work.get();
            case TRANSACTION -> say(connection, account, true).compose(_ -> work.get());
            case PIPELINE -> {
                say(connection, account, true);
                yield work.get();
            }
        };
    }

    private static Future<?> say(SqlConnection connection, UUID account, boolean isLocal) {
        return connection.preparedQuery(SAY).execute(Tuple.of(account.toString(), isLocal));
    }
}
