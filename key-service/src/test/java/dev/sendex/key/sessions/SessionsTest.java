package dev.sendex.key.sessions;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class SessionsTest {

    @Test
    void members_see_their_own_sessions_and_which_one_is_current() {
        String email = anEmail();
        signUp(email);
        Response second =
                anyone().header("User-Agent", "a browser")
                        .body(Map.of("email", email, "password", PASSWORD))
                        .post("/v1/auth/sign-in");

        with(second.path("access_token"))
                .get("/v1/sessions")
                .then()
                .statusCode(200)
                .body("data.current", contains(true, false))
                .body("data[0].user_agent", equalTo("a browser"))
                .body("data[0].ip", equalTo("127.0.0.1"));
    }

    @Test
    void an_ended_session_is_refused_at_once_and_cannot_be_refreshed() {
        String email = anEmail();
        Response stolen = signUp(email);
        String mine = signIn(email, PASSWORD).path("access_token");
        String id = with(mine).get("/v1/sessions").path("data[1].id");

        with(mine).delete("/v1/sessions/" + id).then().statusCode(200);

        with(stolen.path("access_token"))
                .get("/v1/account")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_api_key"));
        anyone().cookie("sendex_refresh", stolen.cookie("sendex_refresh"))
                .post("/v1/auth/refresh")
                .then()
                .statusCode(401);
        with(mine).get("/v1/sessions").then().body("data", hasSize(1));
    }

    @Test
    void the_current_session_lists_its_permissions() {
        Response owner = signUp(anEmail());

        with(owner.path("access_token"))
                .get("/v1/sessions/current")
                .then()
                .statusCode(200)
                .body("object", equalTo("session"))
                .body("user_id", equalTo(owner.path("user.id")))
                .body("account_id", equalTo(owner.path("account.id")))
                .body("role", equalTo("owner"))
                .body("permissions", hasItems("account:write", "api_keys:write", "emails:send"));
        with(aKey(owner.path("access_token"), "account:read"))
                .get("/v1/sessions/current")
                .then()
                .statusCode(403);
    }

    @Test
    void a_session_that_was_signed_out_is_refused_at_once() {
        Response session = signUp(anEmail());

        anyone().cookie("sendex_refresh", session.cookie("sendex_refresh"))
                .post("/v1/auth/sign-out");

        with(session.path("access_token")).get("/v1/account").then().statusCode(401);
    }

    @Test
    void a_session_of_another_member_is_not_found() {
        String others = with(anOwner()).get("/v1/sessions").path("data[0].id");

        with(anOwner())
                .delete("/v1/sessions/" + others)
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void an_unknown_session_cannot_be_ended(String id) {
        with(anOwner()).delete("/v1/sessions/" + id).then().statusCode(404);
    }

    @Test
    void a_key_has_no_sessions() {
        String key = aKey(anOwner(), "account:read", "account:write");

        with(key).get("/v1/sessions").then().statusCode(403).body("code", equalTo("forbidden"));
    }
}
