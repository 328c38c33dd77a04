package dev.sendex.key.keys;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class KeysResourceTest {

    private static final String FAR = "2099-01-01T00:00:00.000Z";

    @Test
    void a_new_key_has_the_requested_properties() {
        String owner = anOwner();

        issue(
                        owner,
                        Map.of(
                                "name",
                                " Contractor ",
                                "type",
                                "scoped",
                                "permissions",
                                List.of("emails:send", "domains:read"),
                                "allowed_domains",
                                List.of("Shop.Example.", "*.bücher.example"),
                                "expires_at",
                                FAR))
                .then()
                .statusCode(201)
                .body("name", equalTo("Contractor"))
                .body("type", equalTo("scoped"))
                .body("environment", equalTo("live"))
                .body("permissions", contains("emails:send", "domains:read"))
                .body("allowed_domains", contains("shop.example", "*.xn--bcher-kva.example"))
                .body("expires_at", equalTo(FAR))
                .body("state", equalTo("active"))
                .body("token", matchesPattern("sk_live_[0-9A-Za-z]{60}"));
    }

    @Test
    void the_token_is_shown_once() {
        String owner = anOwner();
        Response issued = issue(owner, Map.of("preset", "sending_access"));
        String token = issued.path("token");

        String later =
                with(owner).get("/v1/api-keys/" + issued.path("id")).asString()
                        + with(owner).get("/v1/api-keys").asString();

        assertThat(later).doesNotContain(token).contains(token.substring(64));
    }

    @ParameterizedTest
    @CsvSource({
        "permission, full_access, full_access",
        "permission, sending_access, scoped",
        "preset, full_access, full_access",
        "preset, read_only, scoped",
        "preset, stats_only, scoped"
    })
    void a_preset_sets_the_access_of_a_key(String member, String value, String type) {
        issue(anOwner(), Map.of(member, value)).then().statusCode(201).body("type", equalTo(type));
    }

    @Test
    void a_new_key_has_the_requested_restrictions() {
        issue(
                        anOwner(),
                        Map.of(
                                "preset",
                                "sending_access",
                                "allowed_ips",
                                List.of("192.0.2.7", "2001:db8:0::/48", "::ffff:203.0.113.0/120"),
                                "allowed_endpoints",
                                List.of("post /v1/emails/", "GET /v1/emails/{id}"),
                                "rate_limit",
                                Map.of("limit", 10, "window_seconds", 60),
                                "sending_limit",
                                Map.of("total", 1000, "per_day", 50)))
                .then()
                .statusCode(201)
                .body("allowed_ips", contains("192.0.2.7/32", "2001:db8::/48", "203.0.113.0/24"))
                .body("allowed_endpoints", contains("POST /v1/emails", "GET /v1/emails/{id}"))
                .body("rate_limit.limit", equalTo(10))
                .body("rate_limit.window_seconds", equalTo(60))
                .body("sending_limit.total", equalTo(1000))
                .body("sending_limit.per_day", equalTo(50))
                .body("sending_limit.per_month", equalTo(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allowed_ips | [\"192.0.2.1/24\"] | allowed_ips | use `192.0.2.0/24`",
                "allowed_ips | [\"example.com\"] | allowed_ips | not an IP address or CIDR block",
                "allowed_ips | [null] | allowed_ips | not an IP address or CIDR block",
                "allowed_endpoints | [\"/v1/emails\"] | allowed_endpoints | an endpoint is like",
                "allowed_endpoints | [\"POST v1\"] | allowed_endpoints | an endpoint is like",
                "rate_limit | {\"limit\":0,\"window_seconds\":1} | rate_limit.limit | must be from 1",
                "rate_limit | {\"limit\":1,\"window_seconds\":-1} | rate_limit.window_seconds | must be from 1",
                "rate_limit | {\"limit\":1} | rate_limit.window_seconds | is required",
                "sending_limit | {} | sending_limit | needs",
                "sending_limit | {\"total\":-5} | sending_limit.total | must be from 1",
                "sending_limit | {\"per_day\":0} | sending_limit.per_day | must be from 1"
            })
    void an_invalid_restriction_is_named(
            String member, String value, String field, String message) {
        String body =
                "{\"name\":\"a key\",\"preset\":\"sending_access\",\"%s\":%s}"
                        .formatted(member, value);

        with(anOwner())
                .body(body)
                .post("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo(field))
                .body("errors[0].message", containsString(message));
    }

    @Test
    void a_scoped_key_without_permissions_is_not_created() {
        String owner = anOwner();

        issue(owner, Map.of())
                .then()
                .statusCode(422)
                .body("code", equalTo("missing_required_field"))
                .body("errors[0].field", equalTo("permission"))
                .body("message", containsString("`sending_access`"));
        for (Map<String, ?> body :
                List.of(Map.of("type", "scoped"), Map.of("permissions", List.of()))) {
            issue(owner, body)
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("permissions"));
        }
        with(owner).get("/v1/api-keys").then().body("data", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permissions | ['emails:steal']",
                "type | half_access",
                "environment | staging",
                "preset | everything",
                "permission | root",
                "allowed_domains | ['no domain']",
                "allowed_domains | ['*.*.example.com']",
                "allowed_domains | ['example']",
                "allowed_domains | ['-a.example']",
                "allowed_domains | ['a..example']",
                "allowed_domains | ['fa\u200bss.example']",
                "name | a\u0000b",
                "name | a\u001b[31mb",
                "expires_at | 2001-01-01T00:00:00Z",
                "expires_at | +1000000000-01-01T00:00:00Z"
            })
    void a_member_with_an_invalid_value_is_named(String member, String value) {
        Object given =
                value.startsWith("[")
                        ? List.of(value.substring(2, value.length() - 2))
                        : (Object) value;
        Map<String, Object> body =
                member.equals("permissions") || member.startsWith("p")
                        ? Map.of(member, given)
                        : member.equals("type")
                                ? Map.of(member, given, "permissions", List.of("emails:send"))
                                : Map.of(member, given, "permissions", List.of("emails:send"));

        issue(anOwner(), body)
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_error"))
                .body("errors[0].field", equalTo(member));
    }

    @Test
    void a_name_has_one_to_a_hundred_characters() {
        String owner = anOwner();

        issue(owner, Map.of("preset", "read_only", "name", "n".repeat(100))).then().statusCode(201);
        issue(owner, Map.of("preset", "read_only", "name", "n".repeat(101)))
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("name"));
        issue(owner, Map.of("preset", "read_only", "name", " "))
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"tomorrow\"", "\"\"", "\" \"", "\"4102444800\"", "4102444800", "true"})
    void an_invalid_expiry_is_refused_and_not_ignored(String time) {
        with(anOwner())
                .body(
                        "{\"name\":\"a key\",\"preset\":\"read_only\",\"expires_at\":%s}"
                                .formatted(time))
                .post("/v1/api-keys")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("expires_at"));
    }

    @Test
    void a_text_with_a_nul_character_is_refused() {
        String owner = anOwner();

        with(owner)
                .queryParam("q", "a\0b")
                .get("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_error"));
        with(owner).body(Map.of("name", "a\0b")).patch("/v1/account").then().statusCode(422);
        signIn("a\0b@customer.example", PASSWORD).then().statusCode(422);
    }

    @Test
    void keys_are_listed_newest_first_page_by_page() {
        String owner = anOwner();
        for (String name : List.of("one", "two", "three")) {
            issue(owner, Map.of("preset", "read_only", "name", name));
        }

        Response first = with(owner).queryParam("limit", 2).get("/v1/api-keys");
        first.then()
                .statusCode(200)
                .body("data.name", contains("three", "two"))
                .body("has_more", equalTo(true));
        String last = first.path("data[1].id");
        with(owner)
                .queryParam("after", last)
                .get("/v1/api-keys")
                .then()
                .body("data.name", contains("one"))
                .body("has_more", equalTo(false));
        with(owner)
                .queryParam("before", last)
                .get("/v1/api-keys")
                .then()
                .body("data.name", contains("three"));
    }

    @Test
    void keys_are_filtered_by_state_environment_and_text() {
        String owner = anOwner();
        issue(owner, Map.of("preset", "read_only", "name", "Shop 100%"));
        issue(owner, Map.of("preset", "read_only", "name", "shop", "environment", "test"));
        issue(owner, Map.of("preset", "read_only", "name", "soon", "expires_at", soon()));
        String gone = issue(owner, Map.of("preset", "read_only", "name", "gone")).path("id");
        with(owner).delete("/v1/api-keys/" + gone);
        String turning = issue(owner, Map.of("preset", "read_only", "name", "turning")).path("id");
        with(owner).post("/v1/api-keys/" + turning + "/rotate");

        assertThat(names(owner, "state", "active")).containsExactly("shop", "Shop 100%");
        assertThat(names(owner, "state", "expiring")).containsExactly("soon");
        assertThat(names(owner, "state", "revoked")).containsExactly("gone");
        assertThat(names(owner, "state", "rotating")).containsExactly("turning");
        assertThat(names(owner, "state", "expired")).isEmpty();
        assertThat(names(owner, "environment", "test")).containsExactly("shop");
        assertThat(names(owner, "q", "SHOP")).containsExactly("shop", "Shop 100%");
        assertThat(names(owner, "q", "0%")).containsExactly("Shop 100%");
        assertThat(names(owner, "q", "%")).containsExactly("Shop 100%");
        with(owner)
                .queryParam("state", "asleep")
                .get("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"));
    }

    private static String soon() {
        return java.time.Instant.now().plusSeconds(3_600).toString();
    }

    private static List<String> names(String owner, String parameter, String value) {
        return with(owner).queryParam(parameter, value).get("/v1/api-keys").path("data.name");
    }

    @Test
    void an_invalid_page_is_refused() {
        with(anOwner())
                .queryParam("limit", 0)
                .get("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"));
    }

    @Test
    void a_revoked_key_is_refused_from_the_next_request_on() {
        String owner = anOwner();
        Response issued = issue(owner, Map.of("preset", "read_only"));
        String token = issued.path("token");
        with(token).get("/v1/api-keys/me").then().statusCode(200);

        with(owner)
                .delete("/v1/api-keys/" + issued.path("id"))
                .then()
                .statusCode(200)
                .body("deleted", equalTo(true));

        with(token)
                .get("/v1/api-keys/me")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_api_key"));
        with(owner)
                .get("/v1/api-keys/" + issued.path("id"))
                .then()
                .body("state", equalTo("revoked"));
    }

    @Test
    void a_revocation_keeps_its_reason() {
        String owner = anOwner();
        String key = "/v1/api-keys/" + issue(owner, Map.of("preset", "read_only")).path("id");

        with(owner).queryParam("reason", "contract ended").delete(key).then().statusCode(200);

        with(owner).get(key).then().body("revoked_reason", equalTo("contract ended"));
        with(owner).queryParam("reason", "r".repeat(201)).delete(key).then().statusCode(422);
        with(owner).queryParam("reason", "r\0").delete(key).then().statusCode(422);
    }

    @Test
    void revoking_twice_is_not_an_error() {
        String owner = anOwner();
        String key = "/v1/api-keys/" + issue(owner, Map.of("preset", "read_only")).path("id");

        with(owner).delete(key).then().statusCode(200);
        String revokedAt = with(owner).get(key).path("revoked_at");
        with(owner).delete(key).then().statusCode(200);

        with(owner).get(key).then().body("revoked_at", equalTo(revokedAt));
    }

    @Test
    void a_key_reads_its_own_permissions() {
        String token = aKey(anOwner(), "emails:send");

        with(token)
                .get("/v1/api-keys/me")
                .then()
                .statusCode(200)
                .body("permissions", contains("emails:send"));
    }

    @Test
    void a_key_reads_its_effective_permissions() {
        String owner = anOwner();
        Response member = join(owner, anEmail(), "admin");
        String token =
                issue(member.path("access_token"), Map.of("preset", "full_access")).path("token");

        with(owner)
                .body(Map.of("role", "viewer"))
                .patch("/v1/members/" + member.path("user.id"))
                .then()
                .statusCode(200);

        with(token)
                .get("/v1/api-keys/me")
                .then()
                .body("permissions", hasItem("emails:read"))
                .body("permissions", not(hasItem("emails:send")));
    }

    @Test
    void a_session_is_not_a_key() {
        with(anOwner()).get("/v1/api-keys/me").then().statusCode(404);
    }

    @Test
    void a_key_of_another_account_gets_the_response_of_an_unknown_key() {
        String mine = anOwner();
        String theirs =
                "/v1/api-keys/" + issue(anOwner(), Map.of("preset", "read_only")).path("id");
        String nobodys = "/v1/api-keys/" + UUID.randomUUID();

        assertThat(comparable(with(mine).get(theirs)))
                .isEqualTo(comparable(with(mine).get(nobodys)));
        assertThat(comparable(with(mine).delete(theirs)))
                .isEqualTo(comparable(with(mine).delete(nobodys)));
        with(mine).get("/v1/api-keys/not-an-id").then().statusCode(404);
    }

    @Test
    void the_catalogue_lists_every_permission() {
        with(aKey(anOwner(), "stats:read"))
                .get("/v1/permissions")
                .then()
                .statusCode(200)
                .body("data", hasSize(20))
                .body(
                        "presets.name",
                        contains("full_access", "sending_access", "read_only", "stats_only"));
    }

    @Test
    void a_duplicated_member_is_refused() {
        with(anOwner())
                .body(
                        """
                        {"name": "a key", "permissions": ["emails:read"],
                         "permissions": ["emails:send"]}
                        """)
                .post("/v1/api-keys")
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_error"));
    }

    @Test
    void a_malformed_token_is_refused_without_echoing_it() {
        String token = "sk_live_" + "0".repeat(60);

        with(token)
                .get("/v1/api-keys/me")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_api_key"))
                .body("message", not(containsString(token)));
        anyone().get("/v1/api-keys/me")
                .then()
                .statusCode(401)
                .body("code", equalTo("missing_api_key"));
    }

    private static String comparable(Response response) {
        return response.statusCode()
                + response.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
