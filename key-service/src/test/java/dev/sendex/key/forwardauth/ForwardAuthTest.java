package dev.sendex.key.forwardauth;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class ForwardAuthTest {

    private static final String FORWARD_AUTH = "/oauth2/forward-auth";

    @Test
    void a_request_with_a_key_goes_through_and_says_whose_it_is() {
        Response key =
                issue(
                        anOwner(),
                        Map.of(
                                "permissions",
                                List.of("emails:read", "emails:send"),
                                "environment",
                                "test"));

        Response answer = with(key.path("token")).get(FORWARD_AUTH);

        answer.then()
                .statusCode(200)
                .header("X-Sendex-Key", equalTo(key.path("id")))
                .header("X-Sendex-Key-Type", equalTo("scoped"))
                .header("X-Sendex-Environment", equalTo("test"))
                .header("X-Sendex-Scope", equalTo("emails:send emails:read"))
                .header("Cache-Control", containsString("no-store"));
        assertThat(UUID.fromString(answer.header("X-Sendex-Account"))).isNotNull();
    }

    @Test
    void a_request_without_a_good_key_does_not() {
        String owner = anOwner();
        Response revoked = issue(owner, Map.of("preset", "read_only"));
        with(owner).delete("/v1/api-keys/" + revoked.path("id")).then().statusCode(200);
        String unknown =
                ApiKeyToken.generate(Environment.LIVE, UUID.randomUUID(), new SecureRandom())
                        .value();

        refused(anyone(), 401, "missing_api_key");
        refused(with(revoked.path("token")), 401, "invalid_api_key");
        refused(with(unknown), 401, "invalid_api_key");
        refused(with("nonsense"), 401, "invalid_api_key");
        refused(anyone().header("Authorization", "Basic eDp5"), 401, "invalid_api_key");
        refused(anyone().header("Authorization", "Bearer a", "Bearer b"), 401, "invalid_api_key");
    }

    @Test
    void a_session_is_no_key_wherever_it_is_sent() {
        String session = anOwner();

        refused(with(session), 401, "invalid_api_key");
        refused(anyone().cookie("sendex_session", session), 401, "missing_api_key");
    }

    @Test
    void the_demanded_permissions_must_all_be_there() {
        String token = aKey(anOwner(), "emails:send", "emails:read");

        with(token)
                .queryParam("scope", "emails:send emails:read")
                .get(FORWARD_AUTH)
                .then()
                .statusCode(200);
        with(token)
                .queryParam("scope", "emails:send", "stats:read")
                .get(FORWARD_AUTH)
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"))
                .header("WWW-Authenticate", containsString("scope=\"stats:read\""))
                .header("X-Sendex-Account", nullValue());
        refused(
                with(token).header("X-Sendex-Required-Scope", "stats:read"),
                403,
                "restricted_api_key");
    }

    @Test
    void a_permission_that_does_not_exist_lets_nobody_through() {
        String token = issue(anOwner(), Map.of("preset", "full_access")).path("token");

        refused(with(token).queryParam("scope", "emails:sned"), 422, "invalid_parameter");
    }

    @Test
    void a_key_bound_to_endpoints_is_held_against_the_original_request() {
        String token = aBoundKey("allowed_endpoints", "POST /orders/{id}/notes");

        asked(token, "POST", "/orders/7/notes?x=1").get(FORWARD_AUTH).then().statusCode(200);
        refused(asked(token, "GET", "/orders/7/notes"), 403, "endpoint_not_allowed");
        refused(asked(token, "POST", "/orders/7/notes/../x"), 403, "endpoint_not_allowed");
        refused(with(token), 403, "endpoint_not_allowed");
    }

    @Test
    void a_key_bound_to_addresses_is_held_against_the_clients() {
        String elsewhere = aBoundKey("allowed_ips", "192.0.2.0/24");
        String here = aBoundKey("allowed_ips", "127.0.0.0/8");

        refused(with(elsewhere), 403, "ip_not_allowed");
        with(here).get(FORWARD_AUTH).then().statusCode(200);
        refused(with(elsewhere).header("X-Forwarded-For", "192.0.2.1"), 403, "ip_not_allowed");
    }

    @Test
    void envoy_asks_with_the_original_method_and_path() {
        String token = aBoundKey("allowed_endpoints", "POST /orders/{id}/notes");

        envoy(token)
                .post(FORWARD_AUTH + "/orders/7/notes?x=1")
                .then()
                .statusCode(200)
                .header("X-Sendex-Environment", equalTo("live"));
        envoy(token).put(FORWARD_AUTH + "/orders/7/notes").then().statusCode(403);
        envoy(token).post(FORWARD_AUTH + "/").then().statusCode(403);
        envoy(token)
                .header("X-Forwarded-Uri", "/orders/7/notes")
                .post(FORWARD_AUTH + "/admin")
                .then()
                .statusCode(403);
        envoy(aKey(anOwner(), "emails:read"))
                .header("X-Sendex-Required-Scope", "emails:send")
                .delete(FORWARD_AUTH + "/orders?scope=emails:read")
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"));
        given().head(FORWARD_AUTH + "/orders").then().statusCode(401);
    }

    private static String aBoundKey(String bound, String value) {
        return issue(anOwner(), Map.of("preset", "read_only", bound, List.of(value)))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static RequestSpecification asked(String token, String method, String uri) {
        return with(token).header("X-Forwarded-Method", method).header("X-Forwarded-Uri", uri);
    }

    private static RequestSpecification envoy(String token) {
        return given().urlEncodingEnabled(false).header("Authorization", "Bearer " + token);
    }

    private static void refused(RequestSpecification request, int status, String code) {
        request.get(FORWARD_AUTH)
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .header("X-Sendex-Account", nullValue());
    }
}
