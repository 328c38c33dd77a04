package dev.sendex.key.secondfactor;

import static dev.sendex.key.Authenticator.confirm;
import static dev.sendex.key.Authenticator.start;
import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.with;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.sendex.key.Authenticator;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class SecondFactorEnrolmentTest extends SecondFactorFixture {

    @Test
    void an_unconfirmed_setup_changes_nothing() {
        Authenticator.started(session, clock);

        signIn(email, PASSWORD).then().statusCode(200);
        status(session).then().body("enabled", equalTo(false));
        with(session).get("/v1/members").then().body("data.second_factor", contains(false));
    }

    @Test
    void an_enabled_second_factor_is_shown() {
        Authenticator.of(session, clock);

        status(session)
                .then()
                .statusCode(200)
                .body("enabled", equalTo(true))
                .body("recovery_codes_left", equalTo(10));
        with(session).get("/v1/members").then().body("data.second_factor", contains(true));
        with(session)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItem("member.second_factor_enabled"));
    }

    @Test
    void a_setup_needs_the_password() {
        start(session, "a guess of mine")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("password"));
    }

    @Test
    void a_wrong_first_code_does_not_enable_it() {
        Authenticator app = Authenticator.started(session, clock);

        confirm(session, app.wrongCode())
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("code"));

        signIn(email, PASSWORD).then().statusCode(200);
        confirm(session, app.code()).then().statusCode(200).body("codes", hasSize(10));
    }

    @Test
    void a_new_secret_replaces_an_unconfirmed_one() {
        Authenticator first = Authenticator.started(session, clock);
        Authenticator second = Authenticator.started(session, clock);

        confirm(session, first.code()).then().statusCode(422);
        confirm(session, second.code()).then().statusCode(200);
    }

    @Test
    void a_setup_expires_after_an_hour() {
        Authenticator app = Authenticator.started(session, clock);
        clock.advance(Duration.ofHours(1));

        confirm(session, app.code()).then().statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void a_setup_that_was_not_started_cannot_be_confirmed() {
        confirm(session, "123456").then().statusCode(409);
    }

    @Test
    void an_enabled_second_factor_is_not_replaced() {
        Authenticator app = Authenticator.of(session, clock);

        start(session, PASSWORD).then().statusCode(409);
        confirm(session, app.nextCode()).then().statusCode(409);
    }

    @Test
    void a_key_has_no_second_factor() {
        String key = aKey(session, "account:read", "account:write");

        for (Response response :
                List.of(
                        status(key),
                        start(key, PASSWORD),
                        confirm(key, "123456"),
                        change(key, "disable", PASSWORD, "123456"),
                        change(key, "recovery-codes", PASSWORD, "123456"))) {
            response.then().statusCode(403).body("code", equalTo("forbidden"));
        }
    }
}
