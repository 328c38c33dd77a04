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

/// Whoever guesses at somebody's password is stopped, and keeps nobody out.
@QuarkusTest
@RunningService
class LockOutTest {

    private static final int PER_NETWORK = 10;
    private static final int PER_MEMBER = 200;
    private static final int MAILS_PER_MEMBER = 20;
    private static final String DEVICE = "sendex_device";
    private static final String GUESSER = "127.0.0.66";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject Throttle throttle;
    @Inject MovableClock clock;

    private String email;
    private Response signedUp;

    @BeforeEach
    void aMember() {
        email = anEmail();
        signedUp = signUp(email);
    }

    @AfterEach
    void mailIsNotSetUp() throws IOException {
        MailReceiver.close();
        clock.reset();
    }

    @Test
    void who_guesses_from_one_address_is_stopped_and_keeps_nobody_else_out() {
        for (int guess = 0; guess < PER_NETWORK; guess++) {
            fromGuesser("guess " + guess).then().statusCode(401);
        }

        fromGuesser("one more").then().statusCode(429);
        fromGuesser(PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void one_address_uses_up_no_more_than_its_own_share() {
        for (int guess = 0; guess < PER_MEMBER + PER_NETWORK; guess++) {
            count("sign-in", Bound.ANYONE, "2001:db8::1");
        }

        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void a_hundred_guesses_from_as_many_networks_keep_nobody_out() {
        guessFrom(100);

        signIn(email, PASSWORD).then().statusCode(200);
        withDevice(device(signedUp), PASSWORD).then().statusCode(200);
    }

    @Test
    void guessing_from_everywhere_comes_to_an_end_but_not_for_a_known_device() {
        guessFrom(PER_MEMBER);

        signIn(email, PASSWORD).then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
        withDevice(device(signedUp), PASSWORD).then().statusCode(200);
        signIn(email, PASSWORD).then().statusCode(429);
    }

    @Test
    void a_known_device_guesses_no_more_than_anybody_else() {
        for (int guess = 0; guess < PER_NETWORK; guess++) {
            withDevice(device(signedUp), "guess " + guess).then().statusCode(401);
        }

        withDevice(device(signedUp), PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void a_device_is_known_to_its_own_member_alone() {
        String others = device(signUp(anEmail()));
        guessFrom(PER_MEMBER);

        withDevice(others, PASSWORD).then().statusCode(429);
    }

    @Test
    void what_was_not_signed_here_is_no_device() {
        guessFrom(PER_MEMBER);

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
    void a_device_is_no_session() {
        anyone().cookie("sendex_session", device(signedUp))
                .get("/v1/account")
                .then()
                .statusCode(401);
        with(device(signedUp)).get("/v1/account").then().statusCode(401);
    }

    @Test
    void a_device_is_forgotten_after_its_life_time() {
        String device = device(signedUp);
        guessFrom(PER_MEMBER);

        clock.advance(Duration.ofDays(90).minusMinutes(1));
        withDevice(device, PASSWORD).then().statusCode(200);
        clock.advance(Duration.ofMinutes(2));
        withDevice(device, PASSWORD).then().statusCode(429);
    }

    @Test
    void a_new_password_makes_all_devices_unknown_but_that_on_which_it_is_set() {
        Response changed =
                with(signedUp.path("access_token"))
                        .body(Map.of("current_password", PASSWORD, "new_password", PASSWORD + "!"))
                        .post("/v1/auth/password");
        guessFrom(PER_MEMBER);

        withDevice(device(signedUp), PASSWORD + "!").then().statusCode(429);
        withDevice(device(changed), PASSWORD + "!").then().statusCode(200);
    }

    @Test
    void a_right_code_lets_the_right_password_through() {
        Authenticator app = Authenticator.of(signedUp.path("access_token"), clock);
        guessFrom(PER_MEMBER);

        signIn(email, PASSWORD).then().statusCode(429);
        signIn(email, PASSWORD, app.wrongCode()).then().statusCode(429);
        signIn(email, "wrong", app.nextCode()).then().statusCode(429);
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void a_code_of_somebody_who_has_no_second_factor_lets_nobody_through() {
        guessFrom(PER_MEMBER);

        signIn(email, PASSWORD, "123456").then().statusCode(429);
    }

    @Test
    void the_member_is_told_once_where_mail_is_set_up() throws IOException {
        MailReceiver.open("sk_test_of_the_operator");
        guessFrom(PER_MEMBER);

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
    void a_new_password_by_mail_lets_a_new_browser_in() throws IOException {
        MailReceiver.open("sk_test_of_the_operator");
        guessFrom(PER_MEMBER);
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
    void who_has_links_sent_from_everywhere_is_stopped_and_the_member_is_not() throws IOException {
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
    void the_cookie_of_a_device_is_out_of_reach_for_scripts_and_other_sites() {
        assertThat(signedUp.headers().getValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith(DEVICE))
                .singleElement()
                .asString()
                .contains("HttpOnly", "Secure", "SameSite=Strict", "Path=/v1/auth")
                .contains("Max-Age=" + Duration.ofDays(90).toSeconds());
    }

    /// One wrong password from each of so many networks.
    private void guessFrom(int networks) {
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
    private Response fromGuesser(String password) {
        return anyone().config(
                        RestAssured.config()
                                .httpClient(
                                        HttpClientConfig.httpClientConfig()
                                                .setParam(
                                                        "http.route.local-address",
                                                        InetAddress.ofLiteral(GUESSER))))
                .body(Map.of("email", email, "password", password))
                .post("http://127.0.0.1:" + RestAssured.port + "/v1/auth/sign-in");
    }

    private static String device(Response answer) {
        return answer.cookie(DEVICE);
    }
}
