package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.DOMAINS_READ;
import static dev.sendex.common.permission.Permission.EMAILS_READ;
import static dev.sendex.common.permission.Permission.EMAILS_SEND;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class AuthenticationTest {

    private static final String REALM = "Bearer realm=\"sendex\"";
    private static final String INVALID = REALM + ", error=\"invalid_token\"";

    IntrospectionAuthority authority;

    @AfterEach
    void recover() {
        authority.recover();
    }

    @Test
    void a_key_grants_exactly_its_permissions() {
        ApiKeyToken sender = aKeyWith(EMAILS_SEND);

        with(sender).post("/guarded/send").then().statusCode(200).body("sent", is("yes"));
        assertMissingPermission(with(sender).get("/guarded/emails").then(), "emails:read");
        with(sender).get("/guarded/either").then().statusCode(200);
        with(sender).get("/guarded/either-of-one-resource").then().statusCode(200);
        assertMissingPermission(with(sender).get("/guarded/both").then(), "domains:read");
        assertMissingPermission(
                with(sender).get("/guarded/both-of-one-resource").then(), "emails:read");
    }

    @Test
    void a_permission_does_not_grant_another_action_on_the_same_resource() {
        assertMissingPermission(
                with(aKeyWith(EMAILS_READ)).post("/guarded/send").then(), "emails:send");
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void only_emails_send_grants_sending(Permission permission) {
        int expected = permission == EMAILS_SEND ? 200 : 403;
        with(aKeyWith(permission)).post("/guarded/send").then().statusCode(expected);
    }

    @Test
    void an_endpoint_can_require_several_permissions() {
        with(aKeyWith(EMAILS_SEND, DOMAINS_READ)).get("/guarded/both").then().statusCode(200);
        with(aKeyWith(EMAILS_SEND, EMAILS_READ))
                .get("/guarded/both-of-one-resource")
                .then()
                .statusCode(200);
    }

    @Test
    void a_key_without_permissions_grants_nothing() {
        ApiKeyToken unprivileged = aKeyWith();

        with(unprivileged).post("/guarded/send").then().statusCode(403);
        with(unprivileged).get("/guarded/emails").then().statusCode(403);
        with(unprivileged).get("/guarded/both-of-one-resource").then().statusCode(403);
        with(unprivileged)
                .get("/guarded/either")
                .then()
                .statusCode(403)
                .header("WWW-Authenticate", containsString("domains:read"))
                .header("WWW-Authenticate", containsString("emails:send"));
    }

    @Test
    void a_required_permission_without_an_action_is_granted_by_no_action() {
        with(aKeyWith(EMAILS_SEND, EMAILS_READ))
                .get("/guarded/name-without-action")
                .then()
                .statusCode(403);
    }

    @Test
    void an_endpoint_without_an_annotation_is_denied_even_with_full_access() {
        with(aKeyWith(Permission.values()))
                .get("/guarded/without-annotation")
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("code", is("forbidden"));
        given().get("/guarded/without-annotation").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",,,;",
                ";",
                "/",
                "a/",
                "/b",
                " ",
                "a",
                "a/b;",
                "a/b;q",
                "*/*;q=x",
                "a/b;q=2",
                "*/b",
                "application/json;q=\"",
                "application/json;=",
                "\"",
                "a/b;c=\"d",
                "=",
                "(",
                "a/b c"
            })
    void a_malformed_accept_header_is_ignored(String accept) {
        ApiKeyToken key = aKeyWith(Permission.values());

        with(key).header("Accept", accept).get("/guarded/me").then().statusCode(200);
        with(key)
                .header("Accept", accept)
                .get("/guarded/without-annotation")
                .then()
                .statusCode(403);
        with(key).header("Accept", accept).get("/nowhere").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/guarded/without-annotation", "/nowhere"})
    void a_client_that_accepts_problem_json_gets_it(String path) {
        with(aKeyWith(Permission.values()))
                .accept("application/problem+json")
                .get(path)
                .then()
                .contentType("application/problem+json")
                .body("code", notNullValue());
    }

    @Test
    void an_endpoint_gets_the_caller_on_the_event_loop() {
        ApiKeyToken token = aToken();
        KeyGrant grant = aGrant(token, EMAILS_SEND);
        authority.grant(token.value(), grant.toJson());

        with(token)
                .get("/guarded/me")
                .then()
                .statusCode(200)
                .body("name", is(token.keyId().toString()))
                .body("account", is(grant.accountId().toString()))
                .body("permissions", contains("emails:send"))
                .body("eventLoop", is(true));
    }

    @Test
    void the_log_context_contains_request_account_and_key() {
        ApiKeyToken token = aKeyWith();

        with(token)
                .get("/guarded/mdc")
                .then()
                .statusCode(200)
                .body("key_id", is(token.keyId().toString()))
                .body("account_id", notNullValue())
                .body("request_id", notNullValue());
    }

    @Test
    void a_request_without_credentials_gets_a_challenge() {
        assertMissingKey(given().get("/guarded/me").then());
        assertMissingKey(given().post("/guarded/send").then());
        assertMissingKey(given().get("/guarded/open-with-caller").then());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic c2tfbGl2ZTp4", "Bearer", "bearer ", "Digest x=1", "sk_live_"})
    void a_header_without_a_bearer_token_is_ignored(String header) {
        assertMissingKey(given().header("Authorization", header).get("/guarded/me").then());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk_live_tooshort",
                "Bearer sk_live_000000000000000000000000000000000000000000000000000000000000",
                "Bearer\tsk_live_x",
                "Bearer sk_live_a b",
                "Bearer sk_live_ä",
                "Bearer ключ",
                "Bearer a.b.c",
                "Bearer ..",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Bearer \"quoted\"",
                "BearerX"
            })
    void a_malformed_token_is_refused_without_a_lookup(String header) {
        int calls = authority.calls();

        assertInvalidKey(given().header("Authorization", header).get("/guarded/me").then());
        org.assertj.core.api.Assertions.assertThat(authority.calls()).isEqualTo(calls);
    }

    @Test
    void an_overlong_token_is_refused() {
        String header = "Bearer " + "x".repeat(6_000);
        assertInvalidKey(given().header("Authorization", header).get("/guarded/me").then());
    }

    @Test
    void two_authorization_headers_are_refused_even_if_both_are_valid() {
        String header = "Bearer " + aKeyWith(EMAILS_SEND).value();
        assertInvalidKey(
                given().header("Authorization", header, header).post("/guarded/send").then());
    }

    @Test
    void the_scheme_is_case_insensitive() {
        String header = "bEARER  " + aKeyWith(EMAILS_SEND).value();
        given().header("Authorization", header).post("/guarded/send").then().statusCode(200);
    }

    @Test
    void an_unknown_key_is_refused() {
        assertInvalidKey(with(aToken()).get("/guarded/me").then());
    }

    @Test
    void a_failed_lookup_gets_503_with_retry_after() {
        authority.failWith(500);

        with(aToken())
                .get("/guarded/me")
                .then()
                .statusCode(503)
                .contentType("application/json")
                .header("Retry-After", notNullValue())
                .body("code", is("service_unavailable"));
    }

    @Test
    void an_open_endpoint_ignores_credentials() {
        given().header("Authorization", "Bearer nonsense")
                .cookie("sendex_session", "outdated")
                .get("/guarded/open")
                .then()
                .statusCode(200);
    }

    private ApiKeyToken aKeyWith(Permission... permissions) {
        ApiKeyToken token = aToken();
        authority.grant(token.value(), aGrant(token, permissions).toJson());
        return token;
    }

    private static RequestSpecification with(ApiKeyToken token) {
        return given().header("Authorization", "Bearer " + token.value());
    }

    private static void assertMissingKey(ValidatableResponse response) {
        response.statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", equalTo(REALM))
                .body("code", is("missing_api_key"));
    }

    private static void assertInvalidKey(ValidatableResponse response) {
        response.statusCode(401)
                .contentType("application/json")
                .header("WWW-Authenticate", equalTo(INVALID))
                .body("code", is("invalid_api_key"));
    }

    private static void assertMissingPermission(
            ValidatableResponse response, String... permissions) {
        String scope = String.join(" ", Arrays.asList(permissions));
        response.statusCode(403)
                .contentType("application/json")
                .header(
                        "WWW-Authenticate",
                        equalTo(REALM + ", error=\"insufficient_scope\", scope=\"" + scope + "\""))
                .body("code", is("restricted_api_key"))
                .body("detail", allOf(containsString("`" + scope + "`")));
    }
}
