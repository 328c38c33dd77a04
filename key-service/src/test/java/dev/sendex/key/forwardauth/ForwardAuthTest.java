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
    void a_request_with_a_valid_key_is_allowed_with_headers_about_the_key() {
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
    void a_request_without_a_valid_key_is_refused() {
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
    void a_session_is_not_accepted_as_a_key() {
        String session = anOwner();

        refused(with(session), 401, "invalid_api_key");
        refused(anyone().cookie("sendex_session", session), 401, "missing_api_key");
    }

    @Test
    void all_required_permissions_must_be_granted() {
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
    void an_unknown_required_permission_is_refused() {
        String token = issue(anOwner(), Map.of("preset", "full_access")).path("token");

        refused(with(token).queryParam("scope", "emails:sned"), 422, "invalid_parameter");
    }

    @Test
    void allowed_endpoints_are_checked_against_the_original_request() {
        String token = aKeyRestrictedBy("allowed_endpoints", "POST /orders/{id}/notes");

        forwarded(token, "POST", "/orders/7/notes?x=1").get(FORWARD_AUTH).then().statusCode(200);
        refused(forwarded(token, "GET", "/orders/7/notes"), 403, "endpoint_not_allowed");
        refused(forwarded(token, "POST", "/orders/7/notes/../x"), 403, "endpoint_not_allowed");
        refused(with(token), 403, "endpoint_not_allowed");
    }

    @Test
    void allowed_ips_are_checked_against_the_address_of_the_client() {
        String elsewhere = aKeyRestrictedBy("allowed_ips", "192.0.2.0/24");
        String here = aKeyRestrictedBy("allowed_ips", "127.0.0.0/8");

        refused(with(elsewhere), 403, "ip_not_allowed");
        with(here).get(FORWARD_AUTH).then().statusCode(200);
        refused(with(elsewhere).header("X-Forwarded-For", "192.0.2.1"), 403, "ip_not_allowed");
    }

    @Test
    void envoy_sends_the_original_method_and_path() {
        String token = aKeyRestrictedBy("allowed_endpoints", "POST /orders/{id}/notes");

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

    private static String aKeyRestrictedBy(String member, String value) {
        return issue(anOwner(), Map.of("preset", "read_only", member, List.of(value)))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static RequestSpecification forwarded(String token, String method, String uri) {
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
