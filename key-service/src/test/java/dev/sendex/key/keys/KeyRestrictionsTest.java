package dev.sendex.key.keys;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The restrictions that every service enforces, tested on key-service's own endpoints.
@QuarkusTest
@RunningService
class KeyRestrictionsTest {

    private String owner;

    @BeforeEach
    void anAccount() {
        owner = anOwner();
    }

    @Test
    void a_key_is_refused_from_other_addresses() {
        String elsewhere = aReader(Map.of("allowed_ips", List.of("192.0.2.0/24", "2001:db8::/32")));
        String here = aReader(Map.of("allowed_ips", List.of("127.0.0.1", "::1")));

        with(elsewhere)
                .get("/v1/api-keys")
                .then()
                .statusCode(403)
                .body("code", equalTo("ip_not_allowed"));
        with(elsewhere).get("/v1/api-keys/me").then().statusCode(403);
        with(here).get("/v1/api-keys").then().statusCode(200);
    }

    @Test
    void only_a_trusted_proxy_can_forward_the_clients_address() {
        String elsewhere = aReader(Map.of("allowed_ips", List.of("192.0.2.0/24")));

        with(elsewhere)
                .header("X-Forwarded-For", "192.0.2.7")
                .header("Forwarded", "for=192.0.2.7")
                .get("/v1/api-keys")
                .then()
                .statusCode(403);
    }

    @Test
    void a_key_is_refused_for_other_endpoints() {
        String token = aReader(Map.of("allowed_endpoints", List.of("GET /v1/api-keys/{whatever}")));
        String id = issue(owner, Map.of("preset", "read_only")).path("id");

        with(token).get("/v1/api-keys/" + id).then().statusCode(200);
        with(token)
                .get("/v1/api-keys")
                .then()
                .statusCode(403)
                .body("code", equalTo("endpoint_not_allowed"));
    }

    @Test
    void a_key_can_always_read_itself() {
        String token = aReader(Map.of("allowed_endpoints", List.of("POST /v1/emails")));

        with(token).get("/v1/api-keys/me").then().statusCode(200);
    }

    @Test
    void a_rate_limit_counts_every_request_and_reports_what_remains() {
        String token = aReader(Map.of("rate_limit", Map.of("limit", 2, "window_seconds", 86_400)));

        with(token)
                .get("/v1/api-keys")
                .then()
                .statusCode(200)
                .header("ratelimit-limit", equalTo("2"))
                .header("ratelimit-remaining", equalTo("1"))
                .header("ratelimit-reset", equalTo("86400"))
                .header("ratelimit-policy", equalTo("2;w=86400"));
        with(token).get("/v1/api-keys/me").then().statusCode(200);
        with(token)
                .get("/v1/api-keys")
                .then()
                .statusCode(429)
                .header("ratelimit-remaining", equalTo("0"))
                .header("Retry-After", Integer::parseInt, greaterThan(86_000))
                .body("code", equalTo("rate_limit_exceeded"));
    }

    @Test
    void a_key_without_a_rate_limit_gets_no_rate_limit_headers() {
        with(aReader(Map.of())).get("/v1/api-keys").then().header("ratelimit-limit", nullValue());
    }

    @Test
    void a_rate_limit_is_exact_under_concurrent_requests() throws Exception {
        String token = aReader(Map.of("rate_limit", Map.of("limit", 20, "window_seconds", 86_400)));
        Callable<Integer> request = () -> with(token).get("/v1/api-keys").statusCode();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses =
                    threads.invokeAll(Collections.nCopies(60, request)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(20);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(40);
        }
    }

    @Test
    void both_tokens_of_a_rotating_key_count_together() {
        var issued =
                issue(
                        owner,
                        Map.of(
                                "preset",
                                "read_only",
                                "rate_limit",
                                Map.of("limit", 2, "window_seconds", 86_400)));
        String former = issued.path("token");
        String token =
                with(owner).post("/v1/api-keys/" + issued.path("id") + "/rotate").path("token");

        with(former).get("/v1/api-keys").then().statusCode(200);
        with(token).get("/v1/api-keys").then().statusCode(200);
        with(former).get("/v1/api-keys").then().statusCode(429);
        with(token).get("/v1/api-keys").then().statusCode(429);
    }

    @Test
    void a_key_with_a_lower_limit_does_not_reset_the_shared_counter() {
        String creator = aCreator(5);
        String made = issue(creator, readerLimitedTo(1)).path("token");
        with(creator).get("/v1/api-keys").then().statusCode(200);
        with(creator).get("/v1/api-keys").then().statusCode(200);

        with(made).get("/v1/api-keys").then().statusCode(429);

        with(creator)
                .get("/v1/api-keys")
                .then()
                .statusCode(200)
                .header("ratelimit-remaining", equalTo("1"));
    }

    private String aCreator(int limit) {
        Map<String, Object> body = readerLimitedTo(limit);
        body.put("preset", "full_access");
        return issue(owner, body).path("token");
    }

    private static Map<String, Object> readerLimitedTo(int limit) {
        return new HashMap<>(
                Map.of(
                        "preset",
                        "read_only",
                        "rate_limit",
                        Map.of("limit", limit, "window_seconds", 86_400)));
    }

    private String aReader(Map<String, ?> members) {
        Map<String, Object> body = new HashMap<>(Map.of("preset", "read_only"));
        body.putAll(members);
        return issue(owner, body).then().statusCode(201).extract().path("token");
    }
}
