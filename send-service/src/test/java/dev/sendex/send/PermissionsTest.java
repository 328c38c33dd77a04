package dev.sendex.send;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.permission.Permission;
import dev.sendex.fixture.Contract;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PermissionsTest extends SendServiceTest {

    private static final Map<String, Permission> NEEDED =
            Map.ofEntries(
                    entry("POST /v1/emails", Permission.EMAILS_SEND),
                    entry("GET /v1/emails", Permission.EMAILS_READ),
                    entry("GET /v1/emails/{id}", Permission.EMAILS_READ),
                    entry("GET /v1/emails/{id}/events", Permission.EMAILS_READ),
                    entry("POST /v1/domains", Permission.DOMAINS_WRITE),
                    entry("GET /v1/domains", Permission.DOMAINS_READ),
                    entry("GET /v1/domains/{id}", Permission.DOMAINS_READ),
                    entry("PATCH /v1/domains/{id}", Permission.DOMAINS_WRITE),
                    entry("DELETE /v1/domains/{id}", Permission.DOMAINS_WRITE),
                    entry("POST /v1/domains/{id}/verify", Permission.DOMAINS_WRITE),
                    entry("GET /v1/contacts", Permission.CONTACTS_READ),
                    entry("POST /v1/contacts", Permission.CONTACTS_WRITE),
                    entry("GET /v1/suppressions", Permission.SUPPRESSIONS_READ),
                    entry("GET /v1/suppressions/{id}", Permission.SUPPRESSIONS_READ),
                    entry("DELETE /v1/suppressions/{id}", Permission.SUPPRESSIONS_WRITE));

    @Test
    void every_endpoint_requires_exactly_its_own_permission() {
        assertThat(NEEDED.keySet()).isEqualTo(Contract.read().operations());
        TestAccount account = TestAccount.create(authority);
        for (Permission permission : Permission.values()) {
            String key = account.keyWith(permission);
            NEEDED.forEach((operation, needed) -> check(key, operation, permission == needed));
        }
    }

    @Test
    void without_a_key_every_endpoint_is_refused() {
        NEEDED.keySet()
                .forEach(operation -> {
                    Response answer = call("sk_live_nonsense", operation);
                    assertThat(answer.statusCode()).as(operation).isEqualTo(401);
                    assertThat(answer.<String>path("code")).isEqualTo("invalid_api_key");
                });
    }

    @Test
    void while_keys_cannot_be_checked_every_endpoint_answers_503_with_retry_after() {
        String key = TestAccount.create(authority).key();
        authority.failWith(500);
        try {
            for (String operation : NEEDED.keySet()) {
                Response answer = call(key, operation);
                assertThat(answer.statusCode()).as(operation).isEqualTo(503);
                assertThat(answer.<String>path("code")).isEqualTo("service_unavailable");
                assertThat(answer.header("Retry-After")).isNotNull();
            }
        } finally {
            authority.recover();
        }
    }

    private static void check(String key, String operation, boolean opens) {
        Response answer = call(key, operation);
        if (opens) {
            assertThat(answer.statusCode()).as(operation).isIn(200, 404, 422);
        } else {
            assertThat(answer.statusCode()).as(operation).isEqualTo(403);
            assertThat(answer.<String>path("code")).isEqualTo("restricted_api_key");
        }
    }

    /// An empty object passes the permission check but fails validation.
    private static Response call(String key, String operation) {
        String[] parts = operation.split(" ", 2);
        String path = parts[1].replace("{id}", "01890000-0000-7000-8000-000000000000");
        return parts[0].matches("POST|PATCH") && !path.endsWith("/verify")
                ? as(key).body("{}").request(parts[0], path)
                : as(key).request(parts[0], path);
    }
}
