package dev.sendex.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The unmodified Quarkus OIDC extension against the running stack.
@QuarkusTest
@QuarkusTestResource(value = RunningStack.class, restrictToAnnotatedClass = true)
class QuarkusOidcIT {

    private Stack stack;
    private Api owner;

    @BeforeEach
    void anAccount() {
        owner = Api.signedUp(stack);
    }

    @ParameterizedTest
    @ValueSource(strings = {RunningStack.CONFIGURED, RunningStack.DISCOVERING})
    void it_admits_a_key_that_has_the_permission(String tenant) {
        Response key = aKey(List.of("emails:read", "emails:send"));

        send(tenant, key)
                .statusCode(200)
                .body(equalTo(owner.get("/v1/account").<String>path("id")));
    }

    @ParameterizedTest
    @ValueSource(strings = {RunningStack.CONFIGURED, RunningStack.DISCOVERING})
    void it_forbids_a_key_without_the_permission(String tenant) {
        send(tenant, aKey(List.of("emails:read"))).statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {RunningStack.CONFIGURED, RunningStack.DISCOVERING})
    void it_refuses_a_key_that_was_revoked(String tenant) {
        Response key = aKey(List.of("emails:send"));
        send(tenant, key).statusCode(200);

        owner.delete("/v1/api-keys/" + key.path("id")).then().statusCode(200);

        send(tenant, key).statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {RunningStack.CONFIGURED, RunningStack.DISCOVERING})
    void it_refuses_a_key_that_has_expired(String tenant) {
        Instant soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS);
        Response key =
                owner.key(
                        Map.of(
                                "permissions",
                                List.of("emails:send"),
                                "expires_at",
                                soon.toString()));
        send(tenant, key).statusCode(200);

        await().untilAsserted(() -> send(tenant, key).statusCode(401));
    }

    @ParameterizedTest
    @ValueSource(strings = {RunningStack.CONFIGURED, RunningStack.DISCOVERING})
    void it_refuses_a_token_that_is_not_a_key(String tenant) {
        send(tenant, "no-key").statusCode(401);
        given().get("/" + tenant + "/send").then().statusCode(401);
    }

    private Response aKey(List<String> permissions) {
        return owner.key(Map.of("permissions", permissions));
    }

    private static ValidatableResponse send(String tenant, Response key) {
        return send(tenant, key.<String>path("token"));
    }

    private static ValidatableResponse send(String tenant, String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/" + tenant + "/send")
                .then();
    }
}
