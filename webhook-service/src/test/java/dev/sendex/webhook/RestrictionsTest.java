package dev.sendex.webhook;

import static dev.sendex.common.permission.Permission.WEBHOOKS_READ;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.fixture.IntrospectionAuthority;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a key is bound to binds it here as everywhere.
@QuarkusTest
@RunningService
class RestrictionsTest {

    IntrospectionAuthority authority;

    @Test
    void a_key_for_other_networks_is_refused() {
        list(boundBy("sendex_allowed_ips", List.of("127.0.0.0/8")), 200, null);
        list(boundBy("sendex_allowed_ips", List.of("192.0.2.0/24")), 403, "ip_not_allowed");
    }

    @Test
    void a_key_for_other_endpoints_is_refused() {
        list(boundBy("sendex_allowed_endpoints", List.of("GET /v1/webhooks")), 200, null);
        list(
                boundBy("sendex_allowed_endpoints", List.of("POST /v1/webhooks")),
                403,
                "endpoint_not_allowed");
    }

    @Test
    void a_key_may_do_so_many_requests_and_no_more() {
        Caller caller = boundBy("sendex_rate_limit", Map.of("limit", 2, "window_seconds", 86_400));
        for (int left = 1; left >= 0; left--) {
            caller.request()
                    .get("/v1/webhooks")
                    .then()
                    .statusCode(200)
                    .header("ratelimit-limit", equalTo("2"))
                    .header("ratelimit-remaining", equalTo(String.valueOf(left)));
        }

        caller.request()
                .get("/v1/webhooks")
                .then()
                .statusCode(429)
                .header("ratelimit-remaining", equalTo("0"))
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate_limit_exceeded"));
    }

    private Caller boundBy(String member, Object value) {
        return Caller.boundBy(authority, Map.of(member, value), WEBHOOKS_READ);
    }

    private static void list(Caller caller, int status, String problem) {
        caller.request()
                .get("/v1/webhooks")
                .then()
                .statusCode(status)
                .body("code", equalTo(problem));
    }
}
