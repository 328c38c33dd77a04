package dev.sendex.send.emails.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class IdempotencyTest extends SendServiceTest {

    @Inject Pool pool;

    @Test
    void a_repeated_request_gets_an_identical_response() {
        TestAccount account = anAccount();
        Response first = post(account, "order-1", account.email("ada@example.net"));
        Response second = post(account, "order-1", account.email("ada@example.net"));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(emails(account)).hasSize(1);
    }

    @Test
    void another_payload_under_the_same_key_is_refused() {
        TestAccount account = anAccount();
        post(account, "order-2", account.email("ada@example.net")).then().statusCode(200);
        post(account, "order-2", account.email("bob@example.net"))
                .then()
                .statusCode(409)
                .body("code", equalTo("invalid_idempotent_request"));
        assertThat(emails(account)).hasSize(1);
    }

    @Test
    void a_repeated_request_is_answered_although_the_domain_is_no_longer_verified() {
        TestAccount account = anAccount();
        Response first = post(account, "order-6", account.email("ada@example.net"));
        pool.preparedQuery("update domain set status = 'failed' where account_id = $1")
                .executeAndAwait(Tuple.of(account.id()));

        Response second = post(account, "order-6", account.email("ada@example.net"));

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        post(account, "order-6", account.email("bob@example.net"))
                .then()
                .statusCode(409)
                .body("code", equalTo("invalid_idempotent_request"));
        post(account, "order-7", account.email("ada@example.net"))
                .then()
                .statusCode(403)
                .body("code", equalTo("domain_not_verified"));
    }

    @Test
    void accounts_do_not_share_keys() {
        TestAccount one = anAccount();
        TestAccount other = anAccount();
        post(one, "order-3", one.email("ada@example.net")).then().statusCode(200);
        post(other, "order-3", other.email("ada@example.net")).then().statusCode(200);
    }

    @Test
    void a_live_request_is_not_answered_with_the_email_of_a_test_request() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("ada@example.net");
        String test = account.testKey();

        String tested = post(test, "order-5", email).path("id");
        Response live = post(account, "order-5", email);

        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.header("Idempotency-Replayed")).isNull();
        assertThat(emails(account)).containsExactly(live.<String>path("id"));
        assertThat(post(test, "order-5", email).<String>path("id")).isEqualTo(tested);
    }

    @Test
    void a_refused_request_does_not_use_up_its_key() {
        TestAccount account = anAccount();
        Map<String, Object> foreign = account.email("ada@example.net");
        foreign.put("from", "someone@else.example");
        post(account, "order-4", foreign).then().statusCode(403);
        post(account, "order-4", account.email("ada@example.net")).then().statusCode(200);
    }

    @Test
    void of_many_concurrent_requests_one_creates_an_email() throws Exception {
        TestAccount account = anAccount();
        String key = UUID.randomUUID().toString();
        List<Future<Response>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            for (int i = 0; i < 24; i++) {
                answers.add(
                        callers.submit(() -> post(account, key, account.email("ada@example.net"))));
            }
        }
        List<Response> successes = new ArrayList<>();
        for (Future<Response> answer : answers) {
            Response response = answer.get();
            if (response.statusCode() == 200) {
                successes.add(response);
            } else {
                response.then()
                        .statusCode(409)
                        .body("code", equalTo("concurrent_idempotent_requests"));
            }
        }
        assertThat(successes.stream().map(Response::asString).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(emails(account)).hasSize(1);
    }

    @Test
    void a_key_that_is_too_long_or_empty_is_refused() {
        TestAccount account = anAccount();
        for (String key : List.of("x".repeat(257), " ")) {
            post(account, key, account.email("ada@example.net"))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid_idempotency_key"));
        }
        post(account, "x".repeat(256), account.email("ada@example.net")).then().statusCode(200);
    }

    private static Response post(TestAccount account, String key, Map<String, Object> email) {
        return post(account.key(), key, email);
    }

    private static Response post(String token, String key, Map<String, Object> email) {
        return as(token).header("Idempotency-Key", key).body(email).post("/v1/emails");
    }

    private static List<String> emails(TestAccount account) {
        return as(account.key()).get("/v1/emails").then().statusCode(200).extract().path("data.id");
    }
}
