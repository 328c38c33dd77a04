package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class EscalationTest {

    private static final List<String> SEND = List.of("emails:send");

    @Test
    void a_key_makes_keys_that_are_less_than_itself() {
        String maker = aKey(anOwner(), "api_keys:write", "emails:send");

        issue(maker, Map.of("permissions", SEND)).then().statusCode(201);
    }

    @Test
    void a_key_cannot_give_a_permission_that_it_lacks() {
        String maker = aKey(anOwner(), "api_keys:write", "emails:send");

        refused(maker, Map.of("permissions", List.of("emails:send", "emails:read")));
        refused(maker, Map.of("preset", "read_only"));
        refused(maker, Map.of("type", "full_access"));
        refused(maker, Map.of("permission", "full_access"));
    }

    @Test
    void a_key_with_every_permission_is_still_not_full_access() {
        String owner = anOwner();
        List<String> all =
                java.util.Arrays.stream(dev.sendex.common.permission.Permission.values())
                        .map(dev.sendex.common.permission.Permission::value)
                        .toList();
        String maker = issue(owner, Map.of("permissions", all)).path("token");

        refused(maker, Map.of("type", "full_access"));
    }

    @Test
    void a_key_cannot_leave_its_environment() {
        String maker =
                issue(anOwner(), Map.of("type", "full_access", "environment", "test"))
                        .path("token");

        refused(maker, Map.of("permissions", SEND, "environment", "live"));
        issue(maker, Map.of("permissions", SEND))
                .then()
                .statusCode(201)
                .body("environment", equalTo("test"));
    }

    @Test
    void a_key_cannot_leave_its_domains() {
        String maker = maker(Map.of("allowed_domains", List.of("a.example", "*.b.example")));

        refused(maker, Map.of("permissions", SEND));
        refused(maker, Map.of("permissions", SEND, "allowed_domains", List.of()));
        refused(maker, Map.of("permissions", SEND, "allowed_domains", List.of("b.example")));
        refused(maker, Map.of("permissions", SEND, "allowed_domains", List.of("*.a.example")));
        refused(
                maker,
                Map.of("permissions", SEND, "allowed_domains", List.of("a.example", "c.example")));
        issue(
                        maker,
                        Map.of(
                                "permissions",
                                SEND,
                                "allowed_domains",
                                List.of("a.example", "x.b.example", "*.y.b.example")))
                .then()
                .statusCode(201);
    }

    @Test
    void a_key_cannot_outlive_its_maker() {
        String maker = maker(Map.of("expires_at", "2098-01-01T00:00:00Z"));

        refused(maker, Map.of("permissions", SEND));
        refused(maker, Map.of("permissions", SEND, "expires_at", "2098-01-01T00:00:01Z"));
        issue(maker, Map.of("permissions", SEND, "expires_at", "2097-12-31T00:00:00Z"))
                .then()
                .statusCode(201);
    }

    private static String maker(Map<String, ?> bounds) {
        Map<String, Object> members = new java.util.HashMap<>(bounds);
        members.put("permissions", List.of("api_keys:write", "emails:send"));
        return issue(anOwner(), members).then().statusCode(201).extract().path("token");
    }

    private static void refused(String maker, Map<String, ?> members) {
        issue(maker, members).then().statusCode(403).body("name", equalTo("restricted_api_key"));
    }
}
