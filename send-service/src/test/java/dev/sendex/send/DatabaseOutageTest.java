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

/// A database that does not answer in time costs callers a 503, whatever the cause.
@QuarkusTest
class DatabaseOutageTest extends SendServiceTest {

    @Inject Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    @Test
    void no_connection_in_time() {
        TestAccount account = anAccount();
        List<SqlConnection> taken = new ArrayList<>();
        try {
            takeAll(taken);
            refused(trySend(account.key(), email(account)));
        } finally {
            taken.forEach(SqlConnection::closeAndAwait);
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    @Test
    void a_lock_that_is_not_released() {
        TestAccount account = anAccount();
        SqlConnection blocker = pool.getConnectionAndAwait();
        try {
            blocker.query("begin").executeAndAwait();
            blocker.query("lock table email in access exclusive mode").executeAndAwait();
            refused(trySend(account.key(), email(account)));
            refused(as(account.key()).get("/v1/emails").then());
        } finally {
            blocker.query("rollback").executeAndAwait();
            blocker.closeAndAwait();
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    @Test
    void connections_that_end_are_no_fault_of_ours() {
        TestAccount account = anAccount();
        for (int i = 0; i < 10; i++) {
            endConnections();
            trySend(account.key(), email(account)).statusCode(is(oneOf(200, 503)));
        }
        trySend(account.key(), email(account)).statusCode(200);
    }

    /// The service has some of them itself, one for good.
    private void takeAll(List<SqlConnection> taken) {
        for (int i = 0; i < connections; i++) {
            SqlConnection connection =
                    pool.getConnection().onFailure().recoverWithNull().await().indefinitely();
            if (connection == null) {
                return;
            }
            taken.add(connection);
        }
    }

    /// The pool may hand out a connection that was ended a moment ago and does not know yet.
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

    private static void refused(ValidatableResponse answer) {
        answer.statusCode(503)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("code", equalTo("service_unavailable"));
    }
}
