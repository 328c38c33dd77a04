package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.key.ClientSecret;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class KeyRotationTest {

    @ClientSecret String secret;

    private String owner;
    private Response issued;
    private String path;
    private String former;

    @BeforeEach
    void anIssuedKey() {
        owner = anOwner();
        issued =
                issue(
                        owner,
                        Map.of(
                                "preset",
                                "read_only",
                                "environment",
                                "test",
                                "expires_at",
                                "2099-01-01T00:00:00Z"));
        path = "/v1/api-keys/" + issued.path("id");
        former = issued.path("token");
    }

    @Test
    void both_tokens_are_valid_until_the_overlap_ends() {
        String token = rotated(Map.of("overlap_seconds", 3_600));

        assertThat(token).isNotEqualTo(former);
        assertAccepted(former);
        assertAccepted(token);
        with(owner)
                .get(path)
                .then()
                .body("state", equalTo("rotating"))
                .body("rotation_ends_at", notNullValue());
    }

    /// Services that cache the key use `exp`, which is in whole seconds.
    @Test
    void the_overlap_ends_at_the_reported_time_and_not_before_the_requested_one() {
        Instant requested = Instant.now();

        rotated(Map.of("overlap_seconds", 60));

        Instant reported = Instant.parse(with(owner).get(path).path("rotation_ends_at"));
        assertThat(reported).isAfterOrEqualTo(requested.plusSeconds(60));
        assertThat(Instant.ofEpochSecond(expiryOf(former))).isEqualTo(reported);
    }

    @Test
    void the_overlap_ends_with_the_key() {
        Instant expiry = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        with(owner).body(Map.of("expires_at", expiry.toString())).patch(path);

        rotated(Map.of("overlap_seconds", 3_600));

        assertThat(Instant.parse(with(owner).get(path).path("rotation_ends_at"))).isEqualTo(expiry);
        assertThat(expiryOf(former)).isEqualTo(expiry.getEpochSecond());
    }

    private int expiryOf(String token) {
        return given().auth()
                .preemptive()
                .basic(SecretsResource.CLIENT, secret)
                .formParam("token", token)
                .post("/oauth2/introspect")
                .path("exp");
    }

    /// As curl sends a POST without a body.
    @Test
    void a_request_without_a_body_needs_no_content_type() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            RestAssured.baseURI
                                                    + ":"
                                                    + RestAssured.port
                                                    + path
                                                    + "/rotate"))
                            .header("Authorization", "Bearer " + owner)
                            .POST(BodyPublishers.noBody())
                            .build();

            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void a_rotation_changes_only_the_token() {
        with(owner)
                .post(path + "/rotate")
                .then()
                .statusCode(201)
                .body("id", equalTo(issued.path("id")))
                .body("token", startsWith("sk_test_"))
                .body("hint", not(equalTo(issued.path("hint"))))
                .body("expires_at", equalTo(issued.path("expires_at")))
                .body("permissions", equalTo(issued.path("permissions")))
                .body("version", equalTo(2));
    }

    @Test
    void without_overlap_the_previous_token_is_refused_at_once() {
        String token = rotated(Map.of("overlap_seconds", 0));

        assertRefused(former);
        assertAccepted(token);
        with(owner).get(path).then().body("state", equalTo("active"));
    }

    @Test
    void the_overlap_can_be_ended_early() {
        String token = rotated(Map.of());

        with(owner)
                .delete(path + "/rotation")
                .then()
                .statusCode(200)
                .body("rotation_ends_at", nullValue());

        assertRefused(former);
        assertAccepted(token);
        with(owner).delete(path + "/rotation").then().statusCode(409);
    }

    @Test
    void a_second_rotation_is_refused_during_the_overlap() {
        rotated(Map.of());

        with(owner).post(path + "/rotate").then().statusCode(409).body("code", equalTo("conflict"));
        with(owner).delete(path + "/rotation").then().statusCode(200);
        rotated(Map.of());
    }

    @Test
    void a_revocation_invalidates_both_tokens() {
        String token = rotated(Map.of());

        with(owner).delete(path).then().statusCode(200);

        assertRefused(former);
        assertRefused(token);
        with(owner).post(path + "/rotate").then().statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 604_801})
    void an_overlap_lasts_up_to_seven_days(long seconds) {
        with(owner)
                .body(Map.of("overlap_seconds", seconds))
                .post(path + "/rotate")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("overlap_seconds"));
    }

    @Test
    void nobody_rotates_a_key_with_more_access_than_their_own() {
        String weaker = aKey(owner, "api_keys:write", "emails:send");
        String other =
                issue(owner, Map.of("permissions", List.of("emails:send", "emails:read")))
                        .path("id");

        with(weaker).post("/v1/api-keys/" + other + "/rotate").then().statusCode(403);
        with(weaker).post(path + "/rotate").then().statusCode(403);
    }

    @Test
    void a_key_of_another_account_is_not_found() {
        with(anOwner()).post(path + "/rotate").then().statusCode(404);
        with(anOwner()).delete(path + "/rotation").then().statusCode(404);
    }

    private String rotated(Map<String, ?> request) {
        return with(owner)
                .body(request)
                .post(path + "/rotate")
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static void assertAccepted(String token) {
        with(token).get("/v1/api-keys/me").then().statusCode(200);
    }

    private static void assertRefused(String token) {
        with(token).get("/v1/api-keys/me").then().statusCode(401);
    }
}
