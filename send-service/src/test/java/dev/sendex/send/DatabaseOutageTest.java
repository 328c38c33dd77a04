package dev.sendex.send;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Requests are answered 503 while the database does not respond in time.
@QuarkusTest
class DatabaseOutageTest extends SendServiceTest {

    @Inject Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @Test
    void a_timeout_waiting_for_a_connection_is_answered_503() {
        TestAccount account = anAccount();
        List<SqlConnection> acquired = new ArrayList<>();
        try {
            acquireAll(acquired);
            assertUnavailable(trySend(account.key(), email(account)));
        } finally {
            acquired.forEach(SqlConnection::closeAndAwait);
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    @Test
    void a_lock_that_is_not_released_is_answered_503() {
        TestAccount account = anAccount();
        SqlConnection blocker = pool.getConnectionAndAwait();
        try {
            blocker.query("begin").executeAndAwait();
            blocker.query("lock table email in access exclusive mode").executeAndAwait();
            assertUnavailable(trySend(account.key(), email(account)));
            assertUnavailable(as(account.key()).get("/v1/emails").then());
        } finally {
            blocker.query("rollback").executeAndAwait();
            blocker.closeAndAwait();
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    @Test
    void connections_closed_by_the_database_are_answered_503() {
        TestAccount account = anAccount();
        for (int i = 0; i < 10; i++) {
            endConnections();
            trySend(account.key(), email(account)).statusCode(is(oneOf(200, 503)));
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    /// The service itself uses some of the connections, one of them permanently.
    private void acquireAll(List<SqlConnection> acquired) {
        for (int i = 0; i < connections; i++) {
            SqlConnection connection =
                    pool.getConnection().onFailure().recoverWithNull().await().indefinitely();
            if (connection == null) {
                return;
            }
            acquired.add(connection);
        }
    }

    /// The pool may still hand out a connection that the database has just closed.
    private void endConnections() {
        pool.query(
                        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
                .execute()
                .onFailure()
                .retry()
                .atMost(connections)
                .await()
                .indefinitely();
    }

    private static Map<String, Object> email(TestAccount account) {
        return account.email("success@simulator.amazonses.com");
    }

    private static void assertUnavailable(ValidatableResponse answer) {
        answer.statusCode(503)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("code", equalTo("service_unavailable"));
    }
}
