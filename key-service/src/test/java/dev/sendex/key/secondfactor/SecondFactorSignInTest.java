package dev.sendex.key.secondfactor;

import static dev.sendex.key.Authenticator.confirm;
import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.tokenOf;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.key.Authenticator;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class SecondFactorSignInTest extends SecondFactorFixture {

    @Test
    void the_password_alone_is_no_longer_enough() {
        Authenticator app = Authenticator.of(session, clock);

        signIn(email, PASSWORD)
                .then()
                .statusCode(401)
                .body("code", equalTo("second_factor_required"));
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void a_member_without_a_second_factor_needs_no_code() {
        signIn(email, PASSWORD).then().statusCode(200);
        signIn(email, PASSWORD, "123456").then().statusCode(200);
        status(session)
                .then()
                .body("enabled", equalTo(false))
                .body("enabled_at", nullValue())
                .body("recovery_codes_left", equalTo(0));
    }

    @Test
    void a_code_is_valid_once() {
        Authenticator app = Authenticator.started(session, clock);
        String code = app.code();
        confirm(session, code).then().statusCode(200);

        signIn(email, PASSWORD, code).then().statusCode(401);
        String next = app.nextCode();
        signIn(email, PASSWORD, next).then().statusCode(200);
        signIn(email, PASSWORD, next)
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
    }

    @Test
    void an_earlier_code_is_not_accepted_after_a_later_one() {
        Authenticator app = Authenticator.of(session, clock);
        String earlier = app.nextCode();
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);

        signIn(email, PASSWORD, earlier).then().statusCode(401);
    }

    @Test
    void only_one_of_many_concurrent_sign_ins_with_the_same_code_succeeds() throws Exception {
        Authenticator app = Authenticator.of(session, clock);
        String code = app.nextCode();

        assertThat(concurrently(() -> signIn(email, PASSWORD, code).statusCode()))
                .containsOnlyOnce(200);
    }

    @Test
    void only_one_of_many_concurrent_sign_ins_with_the_same_recovery_code_succeeds()
            throws Exception {
        String code = Authenticator.of(session, clock).recoveryCode(0);

        assertThat(concurrently(() -> signIn(email, PASSWORD, code).statusCode()))
                .containsOnlyOnce(200);
    }

    @Test
    void a_recovery_code_is_valid_once_however_it_is_written() {
        Authenticator app = Authenticator.of(session, clock);

        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(200);
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(401);
        String otherSpelling = app.recoveryCode(1).toUpperCase(Locale.ROOT).replace("-", " ");
        signIn(email, PASSWORD, otherSpelling).then().statusCode(200);

        status(session).then().body("recovery_codes_left", equalTo(8));
        with(session)
                .queryParam("action", "member.recovery_code_used")
                .get("/v1/audit-events")
                .then()
                .body("data.after.recovery_codes_left", contains(8, 9));
    }

    @Test
    void a_wrong_code_and_a_wrong_password_get_the_same_response() {
        Authenticator app = Authenticator.of(session, clock);

        Response wrongCode = signIn(email, PASSWORD, app.wrongCode());
        Response wrongPassword = signIn(email, "not the password", app.nextCode());
        Response unknown = signIn(anEmail(), PASSWORD, app.code());

        assertThat(withoutRequestId(wrongCode))
                .contains("invalid_credentials")
                .isEqualTo(withoutRequestId(wrongPassword))
                .isEqualTo(withoutRequestId(unknown));
    }

    @Test
    void guessing_codes_is_limited() {
        Authenticator app = Authenticator.of(session, clock);
        for (int guess = 0; guess < 10; guess++) {
            signIn(email, PASSWORD, app.wrongCode()).then().statusCode(401);
        }

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(429);
    }

    @Test
    void a_correct_password_does_not_reset_the_limit() {
        Authenticator app = Authenticator.of(session, clock);
        for (int guess = 0; guess < 9; guess++) {
            signIn(email, PASSWORD, app.wrongCode()).then().statusCode(401);
        }
        signIn(email, PASSWORD)
                .then()
                .statusCode(401)
                .body("code", equalTo("second_factor_required"));
        signIn(email, PASSWORD, app.wrongCode()).then().statusCode(401);

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(429);
    }

    @Test
    void a_missing_code_is_not_a_failed_attempt() {
        Authenticator app = Authenticator.of(session, clock);
        for (int time = 0; time < 12; time++) {
            signIn(email, PASSWORD).then().statusCode(401);
        }

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void a_password_reset_does_not_bypass_it() {
        Response joined = join(session, anEmail(), "viewer");
        String member = joined.path("user.email");
        Authenticator app = Authenticator.of(joined.path("access_token"), clock);
        String link =
                with(session)
                        .post("/v1/members/" + joined.path("user.id") + "/password-reset")
                        .path("url");
        String password = "quite another passphrase";
        anyone().body(Map.of("token", tokenOf(link), "password", password))
                .post("/v1/auth/password-reset/confirm")
                .then()
                .statusCode(200)
                .cookies(Map.of());

        signIn(member, password)
                .then()
                .statusCode(401)
                .body("code", equalTo("second_factor_required"));
        signIn(member, password, app.nextCode()).then().statusCode(200);
    }

    private static List<Integer> concurrently(Callable<Integer> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            return threads.invokeAll(Stream.generate(() -> call).limit(8).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private static String withoutRequestId(Response response) {
        return response.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
