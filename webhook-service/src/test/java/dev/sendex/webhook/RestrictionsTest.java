package dev.sendex.webhook;

import static dev.sendex.common.permission.Permission.WEBHOOKS_READ;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.fixture.IntrospectionAuthority;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The restrictions of a key apply in this service too.
@QuarkusTest
@RunningService
class RestrictionsTest {

    IntrospectionAuthority authority;

    @Test
    void a_key_for_other_networks_is_refused() {
        list(restrictedBy("sendex_allowed_ips", List.of("127.0.0.0/8")), 200, null);
        list(restrictedBy("sendex_allowed_ips", List.of("192.0.2.0/24")), 403, "ip_not_allowed");
    }

    @Test
    void a_key_for_other_endpoints_is_refused() {
        list(restrictedBy("sendex_allowed_endpoints", List.of("GET /v1/webhooks")), 200, null);
        list(
                restrictedBy("sendex_allowed_endpoints", List.of("POST /v1/webhooks")),
                403,
                "endpoint_not_allowed");
    }

    @Test
    void the_rate_limit_of_a_key_is_enforced() {
        Caller caller =
                restrictedBy("sendex_rate_limit", Map.of("limit", 2, "window_seconds", 86_400));
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

    private Caller restrictedBy(String member, Object value) {
        return Caller.restrictedBy(authority, Map.of(member, value), WEBHOOKS_READ);
    }

    private static void list(Caller caller, int status, String problem) {
        caller.request()
                .get("/v1/webhooks")
                .then()
                .statusCode(status)
                .body("code", equalTo(problem));
    }
}
