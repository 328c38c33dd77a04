package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@RunningService
class EscalationTest {

    private static final List<String> SEND = List.of("emails:send");

    @Test
    void a_key_creates_keys_with_less_access() {
        String creator = aKey(anOwner(), "api_keys:write", "emails:send");

        issue(creator, Map.of("permissions", SEND)).then().statusCode(201);
    }

    @Test
    void a_key_cannot_grant_a_permission_that_it_lacks() {
        String creator = aKey(anOwner(), "api_keys:write", "emails:send");

        refused(creator, Map.of("permissions", List.of("emails:send", "emails:read")));
        refused(creator, Map.of("preset", "read_only"));
        refused(creator, Map.of("type", "full_access"));
        refused(creator, Map.of("permission", "full_access"));
    }

    @Test
    void a_key_with_every_permission_is_still_not_full_access() {
        String owner = anOwner();
        List<String> all =
                java.util.Arrays.stream(dev.sendex.common.permission.Permission.values())
                        .map(dev.sendex.common.permission.Permission::value)
                        .toList();
        String creator = issue(owner, Map.of("permissions", all)).path("token");

        refused(creator, Map.of("type", "full_access"));
    }

    @Test
    void a_key_cannot_create_keys_for_another_environment() {
        String creator =
                issue(anOwner(), Map.of("type", "full_access", "environment", "test"))
                        .path("token");

        refused(creator, Map.of("permissions", SEND, "environment", "live"));
        issue(creator, Map.of("permissions", SEND))
                .then()
                .statusCode(201)
                .body("environment", equalTo("test"));
    }

    @Test
    void a_key_cannot_create_keys_for_other_domains() {
        String creator = restricted(Map.of("allowed_domains", List.of("a.example", "*.b.example")));

        refused(creator, Map.of("permissions", SEND));
        refused(creator, Map.of("permissions", SEND, "allowed_domains", List.of()));
        refused(creator, Map.of("permissions", SEND, "allowed_domains", List.of("b.example")));
        refused(creator, Map.of("permissions", SEND, "allowed_domains", List.of("*.a.example")));
        refused(
                creator,
                Map.of("permissions", SEND, "allowed_domains", List.of("a.example", "c.example")));
        issue(
                        creator,
                        Map.of(
                                "permissions",
                                SEND,
                                "allowed_domains",
                                List.of("a.example", "x.b.example", "*.y.b.example")))
                .then()
                .statusCode(201);
    }

    @Test
    void a_key_cannot_create_keys_that_expire_later() {
        String creator = restricted(Map.of("expires_at", "2098-01-01T00:00:00Z"));

        refused(creator, Map.of("permissions", SEND));
        refused(creator, Map.of("permissions", SEND, "expires_at", "2098-01-01T00:00:01Z"));
        issue(creator, Map.of("permissions", SEND, "expires_at", "2097-12-31T00:00:00Z"))
                .then()
                .statusCode(201);
    }

    @Test
    void a_key_with_a_fractional_expiry_can_rotate_itself() {
        Response creator =
                issue(
                        anOwner(),
                        Map.of(
                                "permissions",
                                List.of("api_keys:write"),
                                "expires_at",
                                "2098-01-01T00:00:00.789Z"));

        creator.then().statusCode(201).body("expires_at", equalTo("2098-01-01T00:00:00.000Z"));
        with(creator.path("token"))
                .body(Map.of())
                .post("/v1/api-keys/" + creator.path("id") + "/rotate")
                .then()
                .statusCode(201);
    }

    @Test
    void a_key_edits_and_revokes_only_keys_that_it_could_have_created() {
        String owner = anOwner();
        String sweeper = aKey(owner, "api_keys:write", "emails:send");
        String tester =
                issue(owner, Map.of("type", "full_access", "environment", "test")).path("token");
        for (Map<String, Object> greater :
                List.<Map<String, Object>>of(
                        Map.of("type", "full_access"),
                        Map.of("permissions", List.of("emails:read")))) {
            String path = "/v1/api-keys/" + issue(owner, greater).path("id");
            for (String key : List.of(sweeper, tester)) {
                assertRefused(with(key).delete(path));
                assertRefused(with(key).delete(path + "/rotation"));
                assertRefused(with(key).body(Map.of("permissions", SEND)).patch(path));
            }
            with(owner).get(path).then().body("state", equalTo("active"));
        }
        String lesser = "/v1/api-keys/" + issue(owner, Map.of("permissions", SEND)).path("id");
        assertRefused(with(tester).delete(lesser));
        with(sweeper).delete(lesser).then().statusCode(200);
    }

    @Test
    void a_key_revokes_itself() {
        String owner = anOwner();
        Response key = issue(owner, Map.of("permissions", List.of("api_keys:write")));

        with(key.path("token")).delete("/v1/api-keys/" + key.path("id")).then().statusCode(200);
    }

    @Test
    void a_developer_revokes_a_key_with_more_access_than_theirs() {
        String owner = anOwner();
        String path = "/v1/api-keys/" + issue(owner, Map.of("type", "full_access")).path("id");

        with(aMember(owner, "developer")).delete(path).then().statusCode(200);
        with(owner).get(path).then().body("state", equalTo("revoked"));
    }

    private static void assertRefused(Response answer) {
        answer.then().statusCode(403).body("code", equalTo("restricted_api_key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowed_ips | ['127.0.0.0/8'] | ['127.0.0.0/16','127.2.0.1'] | ['11.0.0.0/8'] ; ['0.0.0.0/0'] ; ['127.1.0.0/16','::/0'] ; []",
                "allowed_endpoints | ['POST /v1/api-keys','GET /v1/emails/{id}'] | ['GET /v1/emails/{any}'] | ['GET /v1/emails'] ; []",
                "rate_limit | {'limit':100,'window_seconds':60} | {'limit':100,'window_seconds':60} | {'limit':101,'window_seconds':60} ; {'limit':2,'window_seconds':1} ; {'limit':600,'window_seconds':3600} ; null",
                "sending_limit | {'total':100,'per_day':10} | {'total':10} | {'total':101,'per_day':10} ; {'per_day':10} ; {'total':100,'per_day':11} ; null",
                "sending_limit | {'per_month':100} | {'total':5,'per_day':3} | {'per_day':100} ; null"
            })
    void a_key_cannot_create_keys_with_fewer_restrictions(
            String member, String held, String within, String beyond) {
        String creator =
                with(anOwner())
                        .body(json("['api_keys:write','emails:send']", member, held))
                        .post("/v1/api-keys")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("token");

        with(creator)
                .body(json("['emails:send']", member, within))
                .post("/v1/api-keys")
                .then()
                .statusCode(201);
        for (String tried : beyond.split(";")) {
            with(creator)
                    .body(json("['emails:send']", member, tried))
                    .post("/v1/api-keys")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("restricted_api_key"));
        }
        refused(creator, Map.of("permissions", SEND));
    }

    @Test
    void keys_created_by_a_limited_key_share_its_limit() {
        String owner = anOwner();
        Response first = issue(owner, limited());
        Response second = issue(first.path("token"), limited());
        Response third = issue(second.path("token"), limited());

        first.then()
                .body("rate_limit_shared_with", nullValue())
                .body("sending_limit_shared_with", nullValue());
        for (Response made : List.of(second, third)) {
            made.then()
                    .statusCode(201)
                    .body("rate_limit_shared_with", equalTo(first.path("id")))
                    .body("sending_limit_shared_with", equalTo(first.path("id")));
        }
        with(third.path("token"))
                .get("/v1/api-keys/me")
                .then()
                .header("ratelimit-remaining", equalTo("997"));
    }

    @Test
    void keys_created_by_an_unlimited_key_have_their_own_limits() {
        String creator = aKey(anOwner(), "api_keys:write", "emails:send");

        issue(creator, limited())
                .then()
                .statusCode(201)
                .body("rate_limit_shared_with", nullValue())
                .body("sending_limit_shared_with", nullValue());
    }

    @Test
    void a_limited_key_cannot_rotate_a_key_with_a_separate_limit() {
        String owner = anOwner();
        String limited = issue(owner, limited()).path("token");
        String other = issue(owner, limited()).path("id");

        with(limited)
                .body(Map.of())
                .post("/v1/api-keys/" + other + "/rotate")
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"));
    }

    private static Map<String, Object> limited() {
        return Map.of(
                "permissions", List.of("api_keys:write", "emails:send"),
                "rate_limit", Map.of("limit", 1000, "window_seconds", 3600),
                "sending_limit", Map.of("total", 100));
    }

    private static String json(String permissions, String member, String value) {
        return "{'name':'k','permissions':%s,'%s':%s}"
                .formatted(permissions, member, value.strip())
                .replace('\'', '"');
    }

    private static String restricted(Map<String, ?> bounds) {
        Map<String, Object> members = new java.util.HashMap<>(bounds);
        members.put("permissions", List.of("api_keys:write", "emails:send"));
        return issue(anOwner(), members).then().statusCode(201).extract().path("token");
    }

    private static void refused(String creator, Map<String, ?> members) {
        issue(creator, members).then().statusCode(403).body("code", equalTo("restricted_api_key"));
    }
}
