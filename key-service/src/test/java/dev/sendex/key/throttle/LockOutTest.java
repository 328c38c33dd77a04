package dev.sendex.key.throttle;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.tokenOf;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.key.Authenticator;
import dev.sendex.key.MailReceiver;
import dev.sendex.key.MovableClock;
import dev.sendex.key.RunningService;
import dev.sendex.key.throttle.Attempt.Bound;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Password guessing is throttled without locking out the member.
@QuarkusTest
@RunningService
class LockOutTest {

    private static final int PER_NETWORK = 10;
    private static final int PER_MEMBER = 200;
    private static final int MAILS_PER_MEMBER = 20;
    private static final String DEVICE = "sendex_device";
    private static final String OTHER_ADDRESS = "127.0.0.66";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject Throttle throttle;
    @Inject MovableClock clock;

    private String email;
    private Response signedUp;

    @BeforeEach
    void signUpMember() {
        email = anEmail();
        signedUp = signUp(email);
    }

    @AfterEach
    void reset() throws IOException {
        MailReceiver.close();
        clock.reset();
    }

    @Test
    void guesses_from_one_address_are_limited_and_do_not_lock_out_others() {
        for (int guess = 0; guess < PER_NETWORK; guess++) {
            signInFromOtherAddress("guess " + guess).then().statusCode(401);
        }

        signInFromOtherAddress("one more").then().statusCode(429);
        signInFromOtherAddress(PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void one_address_cannot_exhaust_the_limit_of_a_member() {
        for (int guess = 0; guess < PER_MEMBER + PER_NETWORK; guess++) {
            count("sign-in", Bound.ANYONE, "2001:db8::1");
        }

        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void a_hundred_guesses_from_different_networks_do_not_lock_out_the_member() {
        countGuesses(100);

        signIn(email, PASSWORD).then().statusCode(200);
        withDevice(device(signedUp), PASSWORD).then().statusCode(200);
    }

    @Test
    void guesses_from_many_networks_are_limited_except_on_a_known_device() {
        countGuesses(PER_MEMBER);

        signIn(email, PASSWORD).then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
        withDevice(device(signedUp), PASSWORD).then().statusCode(200);
        signIn(email, PASSWORD).then().statusCode(429);
    }

    @Test
    void guesses_on_a_known_device_are_limited_too() {
        for (int guess = 0; guess < PER_NETWORK; guess++) {
            withDevice(device(signedUp), "guess " + guess).then().statusCode(401);
        }

        withDevice(device(signedUp), PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void a_device_is_known_only_for_its_own_member() {
        String others = device(signUp(anEmail()));
        countGuesses(PER_MEMBER);

        withDevice(others, PASSWORD).then().statusCode(429);
    }

    @Test
    void a_forged_device_token_is_ignored() {
        countGuesses(PER_MEMBER);

        for (String forged :
                List.of(
                        "nothing",
                        "a.b.c",
                        signedUp.path("access_token"),
                        device(signedUp) + "x",
                        device(signedUp).replaceFirst("\\.[^.]*\\.", ".eA."))) {
            withDevice(forged, PASSWORD).then().statusCode(429);
        }
    }

    @Test
    void a_device_token_is_not_accepted_as_a_session() {
        anyone().cookie("sendex_session", device(signedUp))
                .get("/v1/account")
                .then()
                .statusCode(401);
        with(device(signedUp)).get("/v1/account").then().statusCode(401);
    }

    @Test
    void a_device_token_expires_after_90_days() {
        String device = device(signedUp);
        countGuesses(PER_MEMBER);

        clock.advance(Duration.ofDays(90).minusMinutes(1));
        withDevice(device, PASSWORD).then().statusCode(200);
        clock.advance(Duration.ofMinutes(2));
        withDevice(device, PASSWORD).then().statusCode(429);
    }

    @Test
    void a_password_change_invalidates_the_tokens_of_all_other_devices() {
        Response changed =
                with(signedUp.path("access_token"))
                        .body(Map.of("current_password", PASSWORD, "new_password", PASSWORD + "!"))
                        .post("/v1/auth/password");
        countGuesses(PER_MEMBER);

        withDevice(device(signedUp), PASSWORD + "!").then().statusCode(429);
        withDevice(device(changed), PASSWORD + "!").then().statusCode(200);
    }

    @Test
    void the_correct_password_with_a_correct_code_bypasses_the_limit() {
        Authenticator app = Authenticator.of(signedUp.path("access_token"), clock);
        countGuesses(PER_MEMBER);

        signIn(email, PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD, app.wrongCode()).then().statusCode(429);
        signIn(email, "wrong", app.nextCode()).then().statusCode(429);
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void a_code_does_not_bypass_the_limit_without_a_second_factor() {
        countGuesses(PER_MEMBER);

        signIn(email, PASSWORD, "123456").then().statusCode(429);
    }

    @Test
    void the_member_is_notified_once_if_mail_is_configured() throws IOException {
        MailReceiver.open("sk_test_of_the_operator");
        countGuesses(PER_MEMBER);

        signIn(email, "wrong").then().statusCode(429);
        signIn(email, "wrong").then().statusCode(429);

        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());
        requestReset("").then().statusCode(202);
        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() > 1);
        assertThat(MailReceiver.to(email))
                .extracting(mail -> mail.body().path("subject").asText())
                .containsExactly(
                        "Somebody is trying to guess your Sendex password",
                        "Set a new Sendex password");
    }

    @Test
    void a_password_reset_makes_the_browser_a_known_device() throws IOException {
        MailReceiver.open("sk_test_of_the_operator");
        countGuesses(PER_MEMBER);
        requestReset("").then().statusCode(202);
        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());
        String text = MailReceiver.to(email).getFirst().body().path("text").asText();
        String token = tokenOf(text).lines().findFirst().orElseThrow();

        Response reset =
                anyone().body(Map.of("token", token, "password", PASSWORD + "!"))
                        .post("/v1/auth/password-reset/confirm");

        withDevice(device(reset), PASSWORD + "!").then().statusCode(200);
    }

    @Test
    void reset_requests_are_limited_except_on_a_known_device() throws IOException {
        MailReceiver.open("sk_test_of_the_operator");
        for (int network = 0; network < MAILS_PER_MEMBER; network++) {
            count("password-reset", Bound.MAIL, "2001:db8:0:%x::1".formatted(network));
        }

        requestReset("").then().statusCode(429);
        requestReset(device(signedUp)).then().statusCode(202);

        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() > 1);
        assertThat(MailReceiver.to(email))
                .extracting(mail -> mail.body().path("subject").asText())
                .containsExactlyInAnyOrder(
                        "Somebody keeps requesting password resets for your Sendex account",
                        "Set a new Sendex password");
    }

    @Test
    void scripts_and_other_sites_cannot_use_the_device_cookie() {
        assertThat(signedUp.headers().getValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith(DEVICE))
                .singleElement()
                .asString()
                .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/auth")
                .contains("Max-Age=" + Duration.ofDays(90).toSeconds());
    }

    /// Counts one wrong password from each of this many networks.
    private void countGuesses(int networks) {
        for (int network = 0; network < networks; network++) {
            count("sign-in", Bound.ANYONE, "2001:db8:0:%x::1".formatted(network));
        }
    }

    private void count(String kind, Bound bound, String address) {
        throttle.count(Attempt.of(kind, email, bound, InetAddress.ofLiteral(address)))
                .await()
                .atMost(TIMEOUT);
    }

    private Response withDevice(String device, String password) {
        return anyone().cookie(DEVICE, device)
                .body(Map.of("email", email, "password", password))
                .post("/v1/auth/sign-in");
    }

    private Response requestReset(String device) {
        Map<String, String> cookies = new HashMap<>();
        if (!device.isEmpty()) {
            cookies.put(DEVICE, device);
        }
        return anyone().cookies(cookies)
                .body(Map.of("email", email))
                .post("/v1/auth/password-reset");
    }

    /// Tries to sign in from another address of this machine.
    private Response signInFromOtherAddress(String password) {
        return anyone().config(
                        RestAssured.config()
                                .httpClient(
                                        HttpClientConfig.httpClientConfig()
                                                .setParam(
                                                        "http.route.local-address",
                                                        InetAddress.ofLiteral(OTHER_ADDRESS))))
                .body(Map.of("email", email, "password", password))
                .post("http://127.0.0.1:" + RestAssured.port + "/v1/auth/sign-in");
    }

    private static String device(Response answer) {
        return answer.cookie(DEVICE);
    }
}
