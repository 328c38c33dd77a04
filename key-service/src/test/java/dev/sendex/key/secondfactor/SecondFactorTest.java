package dev.sendex.key.secondfactor;

import static dev.sendex.key.Authenticator.confirm;
import static dev.sendex.key.Authenticator.start;
import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.tokenOf;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.key.Authenticator;
import dev.sendex.key.MovableClock;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class SecondFactorTest {

    @Inject MovableClock clock;

    private String email;
    private String session;

    @BeforeEach
    void aMemberIsSignedIn() {
        email = anEmail();
        session = signUp(email).path("access_token");
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

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

        assertThat(atOnce(() -> signIn(email, PASSWORD, code).statusCode())).containsOnlyOnce(200);
    }

    @Test
    void only_one_of_many_concurrent_sign_ins_with_the_same_recovery_code_succeeds()
            throws Exception {
        String code = Authenticator.of(session, clock).recoveryCode(0);

        assertThat(atOnce(() -> signIn(email, PASSWORD, code).statusCode())).containsOnlyOnce(200);
    }

    @Test
    void a_recovery_code_replaces_the_app_once_in_any_notation() {
        Authenticator app = Authenticator.of(session, clock);

        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(200);
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(401);
        String otherwise = app.recoveryCode(1).toUpperCase(Locale.ROOT).replace("-", " ");
        signIn(email, PASSWORD, otherwise).then().statusCode(200);

        status(session).then().body("recovery_codes_left", equalTo(8));
        with(session)
                .queryParam("action", "member.recovery_code_used")
                .get("/v1/audit-events")
                .then()
                .body("data.after.recovery_codes_left", contains(8, 9));
    }

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
    void guessing_from_a_session_is_limited() {
        Authenticator app = Authenticator.of(session, clock);
        for (int guess = 0; guess < 10; guess++) {
            change(session, "disable", PASSWORD, app.wrongCode()).then().statusCode(422);
        }

        change(session, "disable", PASSWORD, app.nextCode()).then().statusCode(429);
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
    void a_key_has_no_second_factor() {
        String key = aKey(session, "account:read", "account:write");

        for (Response answer :
                List.of(
                        status(key),
                        start(key, PASSWORD),
                        confirm(key, "123456"),
                        change(key, "disable", PASSWORD, "123456"),
                        change(key, "recovery-codes", PASSWORD, "123456"))) {
            answer.then().statusCode(403).body("code", equalTo("forbidden"));
        }
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

    private String idOf(String member) {
        return with(session)
                .get("/v1/members")
                .path("data.find { it.email == '%s' }.id".formatted(member));
    }

    private static Response status(String caller) {
        return with(caller).get("/v1/auth/second-factor");
    }

    private static Response change(String caller, String change, String password, String code) {
        return with(caller)
                .body(Map.of("password", password, "code", code))
                .post("/v1/auth/second-factor/" + change);
    }

    private static Response disableOf(String caller, String memberId) {
        return with(caller).delete("/v1/members/" + memberId + "/second-factor");
    }

    private static List<Integer> atOnce(Callable<Integer> call) throws Exception {
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
