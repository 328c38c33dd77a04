package dev.sendex.key.sessions;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.sendex.key.MovableClock;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class AuthResourceTest {

    @Inject MovableClock clock;

    @Test
    void a_sign_up_creates_an_account_with_its_owner() {
        Response signedUp = signUp(anEmail());

        signedUp.then()
                .statusCode(201)
                .body("user.role", equalTo("owner"))
                .body("account.name", equalTo("Customer"));
        with(signedUp.path("access_token"))
                .get("/v1/account")
                .then()
                .statusCode(200)
                .body("id", equalTo(signedUp.path("account.id")));
    }

    @Test
    void scripts_and_other_sites_cannot_use_the_cookies() {
        for (String cookie : signUp(anEmail()).headers().getValues("Set-Cookie")) {
            assertThat(cookie).contains("HttpOnly").contains("Secure").contains("SameSite=Strict");
        }
    }

    @Test
    void an_email_can_sign_up_only_once_ignoring_case() {
        String email = anEmail();
        signUp(email).then().statusCode(201);

        signUp(email.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void only_one_of_many_concurrent_sign_ups_with_the_same_email_succeeds() {
        String email = anEmail();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var statuses =
                    IntStream.range(0, 8)
                            .mapToObj(_ -> threads.submit(() -> signUp(email).statusCode()))
                            .toList();

            assertThat(statuses.stream().map(AuthResourceTest::result).toList())
                    .containsOnlyOnce(201);
        }
    }

    @Test
    void the_right_password_signs_in() {
        String email = anEmail();
        signUp(email);

        signIn(email, PASSWORD).then().statusCode(200).body("user.email", equalTo(email));
    }

    @Test
    void a_wrong_password_and_an_unknown_email_get_the_same_response() {
        String email = anEmail();
        signUp(email);

        String wrong = withoutRequestId(signIn(email, "not the password"));
        String unknown = withoutRequestId(signIn(anEmail(), PASSWORD));

        assertThat(wrong).isEqualTo(unknown).contains("invalid_credentials");
    }

    @Test
    void a_refresh_token_is_valid_once() {
        Response signedUp = signUp(anEmail());

        Response refreshed = refresh(signedUp.cookie("sendex_refresh"));

        refreshed.then().statusCode(200);
        refresh(refreshed.cookie("sendex_refresh")).then().statusCode(200);
    }

    @Test
    void a_refresh_whose_response_was_lost_can_be_repeated_and_returns_the_same_token() {
        Response signedUp = signUp(anEmail());
        Response lost = refresh(signedUp.cookie("sendex_refresh"));

        Response repeated = refresh(signedUp.cookie("sendex_refresh"));

        repeated.then().statusCode(200);
        assertThat(repeated.cookie("sendex_refresh")).isEqualTo(lost.cookie("sendex_refresh"));
        refresh(repeated.cookie("sendex_refresh")).then().statusCode(200);
    }

    @Test
    void two_tabs_that_refresh_concurrently_both_stay_signed_in() throws Exception {
        String token = signUp(anEmail()).cookie("sendex_refresh");
        try (var tabs = Executors.newFixedThreadPool(2)) {
            Future<Response> one = tabs.submit(() -> refresh(token));
            Future<Response> other = tabs.submit(() -> refresh(token));

            assertThat(one.get().statusCode()).isEqualTo(200);
            assertThat(other.get().cookie("sendex_refresh"))
                    .isEqualTo(one.get().cookie("sendex_refresh"));
        }
    }

    @Test
    void a_refresh_token_that_is_reused_later_ends_the_session() {
        Response signedUp = signUp(anEmail());
        Response refreshed = refresh(signedUp.cookie("sendex_refresh"));
        clock.advance(Duration.ofSeconds(21));
        try {
            refresh(signedUp.cookie("sendex_refresh")).then().statusCode(401);
        } finally {
            clock.reset();
        }

        refresh(refreshed.cookie("sendex_refresh")).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sign-up", "sign-in", "refresh", "sign-out", "invitation/accept"})
    void a_page_of_another_site_cannot_open_or_end_a_session(String call) {
        for (Map<String, String> headers :
                List.of(
                        Map.of("Sec-Fetch-Site", "cross-site"),
                        Map.of("Sec-Fetch-Site", "same-site"),
                        Map.of("Origin", "https://evil.test"),
                        Map.of("Origin", "null"),
                        Map.of("Sec-Fetch-Site", "same-origin", "Origin", "https://evil.test"))) {
            anyone().headers(headers)
                    .body(Map.of("email", anEmail(), "password", PASSWORD, "account_name", "x"))
                    .post("/v1/auth/" + call)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
    }

    @Test
    void a_page_of_the_same_origin_can_open_a_session() {
        String email = anEmail();
        signUp(email);

        anyone().header("Sec-Fetch-Site", "same-origin")
                .body(Map.of("email", email, "password", PASSWORD))
                .post("/v1/auth/sign-in")
                .then()
                .statusCode(200);
    }

    @Test
    void line_breaks_and_invisible_characters_in_an_account_name_are_refused() {
        for (String name :
                List.of("a\r\nb", "a\u2028b", "a\u0085b", "a\0", "a\u200bb", "a\u202eb")) {
            anyone().body(Map.of("email", anEmail(), "password", PASSWORD, "account_name", name))
                    .post("/v1/auth/sign-up")
                    .then()
                    .statusCode(422);
            with(anOwner()).body(Map.of("name", name)).patch("/v1/account").then().statusCode(422);
        }
    }

    @Test
    void a_refresh_token_older_than_the_previous_one_ends_the_session() {
        Response signedUp = signUp(anEmail());
        Response refreshed =
                refresh(refresh(signedUp.cookie("sendex_refresh")).cookie("sendex_refresh"));

        refresh(signedUp.cookie("sendex_refresh")).then().statusCode(401);

        refresh(refreshed.cookie("sendex_refresh")).then().statusCode(401);
        with(refreshed.path("access_token")).get("/v1/account").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", ".", "a.b", "..", "%00.%00"})
    void an_invalid_refresh_token_is_refused(String token) {
        refresh(token).then().statusCode(401).body("code", equalTo("invalid_api_key"));
    }

    @Test
    void a_session_cannot_be_refreshed_after_signing_out() {
        String token = signUp(anEmail()).cookie("sendex_refresh");

        anyone().cookie("sendex_refresh", token).post("/v1/auth/sign-out").then().statusCode(200);

        refresh(token).then().statusCode(401).body("code", equalTo("invalid_api_key"));
    }

    @Test
    void signing_out_without_a_session_is_not_an_error() {
        anyone().post("/v1/auth/sign-out").then().statusCode(200);
    }

    @Test
    void a_refresh_without_a_token_is_refused() {
        anyone().post("/v1/auth/refresh").then().statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({
        "not-an-address, a long enough passphrase, email",
        "a@b@c.example, a long enough passphrase, email",
        "someone@customer.example, short, password"
    })
    void an_invalid_field_of_a_sign_up_is_named(String email, String password, String field) {
        Map<String, String> body =
                Map.of("email", email, "password", password, "account_name", "Customer");

        anyone().body(body)
                .post("/v1/auth/sign-up")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo(field))
                .body("message", not(containsString(password)));
    }

    @Test
    void lookalike_emails_cannot_sign_up() {
        for (String email :
                List.of(
                        "own\u200ber@customer.example",
                        "оwner@customer.example",
                        "owner@custоmer.example")) {
            anyone().body(Map.of("email", email, "password", PASSWORD, "account_name", "Customer"))
                    .post("/v1/auth/sign-up")
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("email"));
        }
    }

    @Test
    void a_domain_in_another_script_is_shown_in_ascii() {
        String local = anEmail().split("@")[0];

        signUp(local + "@münchen.example")
                .then()
                .statusCode(201)
                .body("user.email", equalTo(local + "@xn--mnchen-3ya.example"));

        signIn(local + "@xn--mnchen-3ya.example", PASSWORD).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{\"email\": 1}", "null {}"})
    void a_malformed_request_is_refused(String body) {
        anyone().body(body)
                .post("/v1/auth/sign-in")
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_error"));
    }

    @Test
    void a_missing_member_is_named() {
        anyone().body(Map.of("email", anEmail()))
                .post("/v1/auth/sign-in")
                .then()
                .statusCode(422)
                .body("code", equalTo("missing_required_field"))
                .body("errors[0].field", equalTo("password"));
    }

    @Test
    void an_unknown_member_is_named() {
        anyone().body(Map.of("email", anEmail(), "password", PASSWORD, "remember", true))
                .post("/v1/auth/sign-in")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("remember"));
    }

    @Test
    void a_body_over_the_limit_is_refused() {
        anyone().body("x".repeat(100_000))
                .post("/v1/auth/sign-up")
                .then()
                .statusCode(413)
                .body("code", equalTo("payload_too_large"));
    }

    @Test
    void only_json_is_accepted() {
        anyone().contentType("text/plain")
                .body("hello")
                .post("/v1/auth/sign-up")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void an_account_can_be_renamed() {
        String owner = anOwner();

        with(owner).body(Map.of("name", "Renamed")).patch("/v1/account").then().statusCode(200);

        with(owner).get("/v1/account").then().body("name", equalTo("Renamed"));
        with(owner)
                .body(Map.of("name", " "))
                .patch("/v1/account")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("name"));
    }

    @Test
    void an_unknown_route_answers_with_a_problem() {
        anyone().get("/v1/nothing").then().statusCode(404).body("code", equalTo("not_found"));
        anyone().put("/v1/auth/sign-in")
                .then()
                .statusCode(405)
                .body("code", equalTo("method_not_allowed"));
    }

    private static Response refresh(String token) {
        return anyone().cookie("sendex_refresh", token).post("/v1/auth/refresh");
    }

    private static int result(Future<Integer> status) {
        try {
            return status.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String withoutRequestId(Response response) {
        return response.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
