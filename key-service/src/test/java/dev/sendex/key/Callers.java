package dev.sendex.key;

import static io.restassured.RestAssured.given;

import dev.sendex.fixture.Contract;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Callers of the API. Every exchange is checked against the contract.
public final class Callers {

    public static final String PASSWORD = "a long enough passphrase";

    private static final Contract CONTRACT = Contract.read();

    private Callers() {}

    public static RequestSpecification anyone() {
        return given().filter(CONTRACT.check()).contentType(ContentType.JSON);
    }

    /// A caller with this token.
    public static RequestSpecification with(String token) {
        return anyone().header("Authorization", "Bearer " + token);
    }

    public static String anEmail() {
        return "owner-" + UUID.randomUUID() + "@customer.example";
    }

    public static Response signUp(String email) {
        return anyone().body(
                        Map.of("email", email, "password", PASSWORD, "account_name", "Customer"))
                .post("/v1/auth/sign-up");
    }

    /// The session of a new account's owner.
    public static String anOwner() {
        return signUp(anEmail()).then().statusCode(201).extract().path("access_token");
    }

    /// The session of a new member of the owner's account.
    public static String aMember(String owner, String role) {
        return join(owner, anEmail(), role).then().statusCode(201).extract().path("access_token");
    }

    /// Invites a member and accepts the invitation.
    public static Response join(String inviter, String email, String role) {
        String url =
                with(inviter)
                        .body(Map.of("email", email, "role", role))
                        .post("/v1/invitations")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("url");
        return anyone().body(Map.of("token", tokenOf(url), "password", PASSWORD))
                .post("/v1/auth/invitation/accept");
    }

    /// The token in a link.
    public static String tokenOf(String url) {
        return url.substring(url.indexOf("#token=") + "#token=".length());
    }

    public static Response signIn(String email, String password) {
        return anyone().body(Map.of("email", email, "password", password)).post("/v1/auth/sign-in");
    }

    /// Signs in with a two-factor code.
    public static Response signIn(String email, String password, String code) {
        return anyone().body(Map.of("email", email, "password", password, "code", code))
                .post("/v1/auth/sign-in");
    }

    public static Response issue(String creator, Map<String, ?> members) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "a key"));
        body.putAll(members);
        return with(creator).body(body).post("/v1/api-keys");
    }

    /// The token of a new key with these permissions.
    public static String aKey(String creator, String... permissions) {
        return issue(creator, Map.of("permissions", List.of(permissions)))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }
}
