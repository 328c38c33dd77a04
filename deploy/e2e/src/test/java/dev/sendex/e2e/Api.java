package dev.sendex.e2e;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The public API of a stack for one caller.
final class Api {

    private final String gateway;
    private final String bearer;

    Api(String gateway, String bearer) {
        this.gateway = gateway;
        this.bearer = bearer;
    }

    /// Signs up a new account and signs in its owner.
    static Api signedUp(Stack stack) {
        String email = "owner-" + UUID.randomUUID() + "@customer.example";
        String password = "correct horse " + UUID.randomUUID();
        anonymous(stack)
                .body(Map.of("email", email, "password", password, "account_name", "Customer"))
                .post("/v1/auth/sign-up")
                .then()
                .statusCode(201);
        String session =
                anonymous(stack)
                        .body(Map.of("email", email, "password", password))
                        .post("/v1/auth/sign-in")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token");
        return new Api(stack.gateway(), session);
    }

    static RequestSpecification anonymous(Stack stack) {
        return given().baseUri(stack.gateway()).contentType(ContentType.JSON);
    }

    /// The same API with another token.
    Api as(String token) {
        return new Api(gateway, token);
    }

    String token() {
        return bearer;
    }

    RequestSpecification request() {
        return given().baseUri(gateway)
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + bearer);
    }

    Response get(String path) {
        return request().get(path);
    }

    Response post(String path, Object body) {
        return request().body(body).post(path);
    }

    Response delete(String path) {
        return request().delete(path);
    }

    /// Adds a sender domain, sets its DNS record and verifies it, which the SES sandbox confirms at
    /// once.
    String verifiedDomain(Stack stack, String name) {
        JsonPath domain =
                post("/v1/domains", Map.of("name", name))
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath();
        String id = domain.getString("id");
        given().body(domain.getString("records[0].value"))
                .put(stack.sandbox() + "/dns/" + domain.getString("records[0].name"))
                .then()
                .statusCode(200);
        post("/v1/domains/" + id + "/verify", Map.of()).then().statusCode(200);
        org.awaitility.Awaitility.await()
                .untilAsserted(() ->
                        org.assertj.core.api.Assertions.assertThat(
                                        get("/v1/domains/" + id).<String>path("status"))
                                .isEqualTo("verified"));
        return name;
    }

    /// Creates a key; the answer has its `id` and its `token`.
    Response key(Map<String, Object> members) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "story", "type", "scoped"));
        body.putAll(members);
        return post("/v1/api-keys", body);
    }

    Response send(String from, String to) {
        return post(
                "/v1/emails",
                Map.of(
                        "from",
                        from,
                        "to",
                        List.of(to),
                        "subject",
                        "Your order is confirmed",
                        "html",
                        "<h1>Thanks for your order!</h1>"));
    }

    String lastEvent(String emailId) {
        return get("/v1/emails/" + emailId).then().statusCode(200).extract().path("last_event");
    }
}
