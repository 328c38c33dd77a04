package dev.sendex.key.secondfactor;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.with;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.key.Authenticator;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Renewing recovery codes and disabling two-factor authentication.
@QuarkusTest
@RunningService
class SecondFactorChangesTest extends SecondFactorFixture {

    @Test
    void new_recovery_codes_invalidate_the_old_ones() {
        Authenticator app = Authenticator.of(session, clock);

        Response renewed = change(session, "recovery-codes", PASSWORD, app.nextCode());

        renewed.then().statusCode(200).body("codes", hasSize(10));
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(401);
        signIn(email, PASSWORD, renewed.path("codes[0]")).then().statusCode(200);
        with(session)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItem("member.recovery_codes_renewed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovery-codes", "disable"})
    void every_change_needs_password_and_code(String change) {
        Authenticator app = Authenticator.of(session, clock);

        change(session, change, "a guess of mine", app.nextCode())
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("password"));
        change(session, change, PASSWORD, app.wrongCode())
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("code"));
        with(session)
                .body(Map.of("password", PASSWORD))
                .post("/v1/auth/second-factor/" + change)
                .then()
                .statusCode(422);
        status(session)
                .then()
                .body("enabled", equalTo(true))
                .body("recovery_codes_left", equalTo(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovery-codes", "disable"})
    void a_disabled_second_factor_cannot_be_changed(String change) {
        change(session, change, PASSWORD, "123456").then().statusCode(404);
    }

    @Test
    void it_is_disabled_with_password_and_code() {
        Authenticator app = Authenticator.of(session, clock);

        change(session, "disable", PASSWORD, app.nextCode()).then().statusCode(200);

        signIn(email, PASSWORD).then().statusCode(200);
        status(session).then().body("enabled", equalTo(false));
        with(session)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItem("member.second_factor_disabled"));
    }

    @Test
    void it_is_disabled_with_a_recovery_code() {
        Authenticator lost = Authenticator.of(session, clock);
        change(session, "disable", PASSWORD, lost.recoveryCode(3)).then().statusCode(200);

        Authenticator next = Authenticator.of(session, clock);

        signIn(email, PASSWORD, lost.nextCode()).then().statusCode(401);
        signIn(email, PASSWORD, lost.recoveryCode(4)).then().statusCode(401);
        signIn(email, PASSWORD, next.nextCode()).then().statusCode(200);
    }

    @Test
    void guessing_from_a_session_is_limited() {
        Authenticator app = Authenticator.of(session, clock);
        for (int guess = 0; guess < 10; guess++) {
            change(session, "disable", PASSWORD, app.wrongCode()).then().statusCode(422);
        }

        change(session, "disable", PASSWORD, app.nextCode()).then().statusCode(429);
    }

    @Test
    void an_owner_disables_it_for_a_member_who_lost_their_phone() {
        Response joined = join(session, anEmail(), "admin");
        Authenticator.of(joined.path("access_token"), clock);
        with(session).get("/v1/members").then().body("data.second_factor", contains(true, false));

        disableOf(session, joined.path("user.id"))
                .then()
                .statusCode(200)
                .body("id", equalTo(joined.path("user.id")));

        signIn(joined.path("user.email"), PASSWORD).then().statusCode(200);
        with(session)
                .queryParam("action", "member.second_factor_disabled")
                .get("/v1/audit-events")
                .then()
                .body("data[0].actor.id", equalTo(idOf(email)))
                .body("data[0].target.id", equalTo(joined.path("user.id")));
        disableOf(session, joined.path("user.id")).then().statusCode(404);
    }

    @Test
    void nobody_disables_it_for_a_member_with_a_higher_role() {
        String admin = join(session, anEmail(), "admin").path("access_token");
        String developer = join(session, anEmail(), "developer").path("access_token");
        Authenticator.of(session, clock);
        String owner = idOf(email);

        disableOf(admin, owner).then().statusCode(403).body("code", equalTo("forbidden"));
        disableOf(developer, owner).then().statusCode(403);
        disableOf(aKey(session, "account:write"), owner)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        signIn(email, PASSWORD).then().statusCode(401);
    }

    @Test
    void nobody_disables_their_own_with_a_session_alone() {
        Authenticator.of(session, clock);

        disableOf(session, idOf(email))
                .then()
                .statusCode(403)
                .body("message", startsWith("Use your password and a code"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void an_unknown_member_has_no_second_factor(String id) {
        disableOf(session, id).then().statusCode(404);
    }

    @Test
    void removing_a_member_removes_it() {
        Response joined = join(session, anEmail(), "viewer");
        Authenticator.of(joined.path("access_token"), clock);

        with(session).delete("/v1/members/" + joined.path("user.id")).then().statusCode(200);

        with(session).get("/v1/members").then().body("data.second_factor", contains(false));
        with(session)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItems("member.removed", "member.second_factor_enabled"));
    }
}
