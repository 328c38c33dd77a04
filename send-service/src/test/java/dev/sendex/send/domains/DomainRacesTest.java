package dev.sendex.send.domains;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DomainRacesTest extends SendServiceTest {

    private static final String WAITING =
            """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query ~ 'domain'
            """;

    @Inject Pool pool;

    @Test
    void of_two_accounts_that_verify_a_domain_at_the_same_time_one_succeeds() {
        TestAccount one = TestAccount.create(authority);
        TestAccount other = TestAccount.create(authority);
        String ofOne = create(one, one.domain());
        String ofOther = create(other, one.domain());

        List<Integer> answers =
                concurrently(
                        one.domain(),
                        List.of(() -> verify(one, ofOne), () -> verify(other, ofOther)));

        assertThat(answers).containsExactlyInAnyOrder(200, 409);
        assertThat(List.of(status(one, ofOne), status(other, ofOther)))
                .containsExactlyInAnyOrder("verified", "not_started");
    }

    @Test
    void a_domain_that_is_removed_during_a_verification_stays_removed() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain());

        List<Integer> answers =
                concurrently(
                        account.domain(),
                        List.of(() -> remove(account, id), () -> verify(account, id)));

        assertThat(answers).containsExactly(200, 404);
        as(account.key()).get("/v1/domains/{id}", id).then().statusCode(404);
    }

    @Test
    void a_domain_that_is_verified_during_its_removal_stays_removed() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain());

        List<Integer> answers =
                concurrently(
                        account.domain(),
                        List.of(() -> verify(account, id), () -> remove(account, id)));

        assertThat(answers).containsExactly(200, 200);
        as(account.key()).get("/v1/domains/{id}", id).then().statusCode(404);
    }

    /// Locks the domains of a name, makes requests in this order that wait for the lock, and then
    /// releases it.
    private List<Integer> concurrently(String name, List<Supplier<Integer>> requests) {
        SqlConnection holder = pool.getConnectionAndAwait();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Transaction held = holder.beginAndAwait();
            holder.preparedQuery("select from domain where name = $1 for update")
                    .executeAndAwait(Tuple.of(name));
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (Supplier<Integer> request : requests) {
                answers.add(CompletableFuture.supplyAsync(request, threads));
                within(10).until(() -> countWaiting() == answers.size());
            }
            held.commitAndAwait();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            holder.closeAndAwait();
        }
    }

    private long countWaiting() {
        return pool.query(WAITING).executeAndAwait().iterator().next().getLong(0);
    }

    private String create(TestAccount account, String name) {
        String id =
                as(account.key())
                        .body(Map.of("name", name))
                        .post("/v1/domains")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        setChallenge(account, id);
        return id;
    }

    private static int verify(TestAccount account, String id) {
        return as(account.key()).post("/v1/domains/{id}/verify", id).statusCode();
    }

    private static int remove(TestAccount account, String id) {
        return as(account.key()).delete("/v1/domains/{id}", id).statusCode();
    }

    private static String status(TestAccount account, String id) {
        return as(account.key()).get("/v1/domains/{id}", id).path("status");
    }
}
