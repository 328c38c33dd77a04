package dev.sendex.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import java.util.function.Supplier;

/// The ways of restricting statements to one account's rows.
enum Scope {
    /// No policies; the statements filter by account.
    NONE("as it is"),
    /// The same again, to see how much rounds vary by chance.
    AGAIN("as it is, again"),
    /// The account is set once per connection, which shows the cost of the policies alone.
    CONNECTION("policies alone"),
    /// Each transaction sets the account first and waits for the response, as with
    /// `@WithTransaction`.
    TRANSACTION("said in each transaction"),
    /// Each transaction sets the account first, pipelined with the following statements.
    PIPELINE("said in each transaction, pipelined");

    private static final String SET_ACCOUNT = "select set_config('sendex.account_id', $1, $2)";

    private final String title;

    Scope(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// Whether policies apply to the database user.
    boolean isBound() {
        return this != NONE && this != AGAIN;
    }

    /// Prepares a new connection.
    Future<?> prepare(SqlConnection connection, UUID account) {
        return this == CONNECTION
                ? setAccount(connection, account, false)
                : Future.succeededFuture();
    }

    /// Runs work of one statement, which without a scope is its own transaction.
    Future<?> alone(SqlConnection connection, UUID account, Supplier<Future<?>> statement) {
        return switch (this) {
            case NONE, AGAIN, CONNECTION -> statement.get();
            case TRANSACTION -> inTransaction(connection, account, statement);
            case PIPELINE -> {
                connection.query("begin").execute();
                setAccount(connection, account, true);
                Future<?> done = statement.get();
                yield connection.query("commit").execute().compose(_ -> done);
            }
        };
    }

    /// Runs work that is a transaction in every scope.
    Future<?> inTransaction(SqlConnection connection, UUID account, Supplier<Future<?>> work) {
        return connection
                .begin()
                .compose(transaction ->
                        withAccount(connection, account, work).compose(_ -> transaction.commit()));
    }

    private Future<?> withAccount(
            SqlConnection connection, UUID account, Supplier<Future<?>> work) {
        return switch (this) {
            case NONE, AGAIN, CONNECTION -> work.get();
            case TRANSACTION -> setAccount(connection, account, true).compose(_ -> work.get());
            case PIPELINE -> {
                setAccount(connection, account, true);
                yield work.get();
            }
        };
    }

    private static Future<?> setAccount(SqlConnection connection, UUID account, boolean isLocal) {
        return connection.preparedQuery(SET_ACCOUNT).execute(Tuple.of(account.toString(), isLocal));
    }
}
