package dev.sendex.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// All database connections are in use while requests arrive and an email is in flight.
@QuarkusTest
@TestProfile(PoolExhaustionTest.SmallPool.class)
@Timeout(120)
class PoolExhaustionTest extends SendServiceTest {

    @Inject Pool pool;

    private final List<SqlConnection> acquired = new ArrayList<>();

    @AfterEach
    void release() {
        acquired.forEach(SqlConnection::closeAndAwait);
        acquired.clear();
    }

    /// More requests than may wait for a connection. All are answered while none is available.
    @Test
    void every_request_is_answered_503_and_none_after_connections_are_free_again()
            throws InterruptedException {
        TestAccount account = anAccount();
        acquireAllConnections();
        Callable<Response> read = () -> as(account.key()).get("/v1/emails");
        Callable<Response> write = () -> as(account.key()).body(email(account)).post("/v1/emails");
        List<Callable<Response>> requests = new ArrayList<>(Collections.nCopies(20, read));
        requests.addAll(Collections.nCopies(20, write));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(callers.invokeAll(requests))
                    .extracting(Future::resultNow)
                    .allSatisfy(PoolExhaustionTest::assertUnavailable);
        }

        release();
        as(account.key()).get("/v1/emails").then().statusCode(200);
        String id = send(account, email(account));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
    }

    @Test
    void emails_in_flight_and_in_the_queue_are_sent_once_when_connections_are_free_again() {
        TestAccount account = anAccount();
        ses.control().holdAnswers(1);
        String inFlight = send(account, email(account));
        within(10).until(() -> ses.control().heldAnswers() == 1);
        String queued = send(account, email(account));

        acquireAllConnections();
        ses.control().releaseAnswer();
        for (int i = 0; i < 2; i++) {
            assertUnavailable(as(account.key()).get("/v1/emails"));
        }
        assertThat(acceptedBySes(queued)).isEmpty();
        release();

        for (String id : List.of(inFlight, queued)) {
            within(20).until(() -> lastEvent(account, id).equals("sent"));
            assertThat(acceptedBySes(id)).hasSize(1);
        }
    }

    /// The service itself keeps one of the connections, so one fewer is available.
    private void acquireAllConnections() {
        SqlConnection connection = connectionOrNull();
        while (connection != null) {
            acquired.add(connection);
            connection = connectionOrNull();
        }
    }

    private @Nullable SqlConnection connectionOrNull() {
        return pool.getConnection().onFailure().recoverWithNull().await().indefinitely();
    }

    private static Map<String, Object> email(TestAccount account) {
        return account.email("success@simulator.amazonses.com");
    }

    private static void assertUnavailable(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    public static class SmallPool implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.reactive.max-size", "4",
                    "sendex.database.acquire-timeout", "300ms",
                    "sendex.database.max-waiting", "10",
                    "sendex.dispatch.concurrency", "1",
                    "sendex.dispatch.lease", "60s");
        }
    }
}
