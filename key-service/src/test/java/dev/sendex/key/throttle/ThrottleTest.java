package dev.sendex.key.throttle;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class ThrottleTest {

    private static final int PER_SUBJECT = 10;

    @Test
    void who_guesses_too_often_is_told_to_wait_even_with_the_right_password() {
        String email = anEmail();
        signUp(email);
        for (int guess = 0; guess < PER_SUBJECT; guess++) {
            signIn(email, "wrong " + guess).then().statusCode(401);
        }

        Response refused = signIn(email, PASSWORD);

        refused.then().statusCode(429).body("name", equalTo("rate_limit_exceeded"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
    }

    @Test
    void an_email_that_has_no_account_is_throttled_alike() {
        String email = anEmail();
        for (int guess = 0; guess < PER_SUBJECT; guess++) {
            signIn(email, PASSWORD).then().statusCode(401);
        }

        signIn(email, PASSWORD).then().statusCode(429);
    }

    @Test
    void signing_in_starts_the_count_anew() {
        String email = anEmail();
        signUp(email);
        for (int round = 0; round < 2; round++) {
            for (int guess = 1; guess < PER_SUBJECT; guess++) {
                signIn(email, "wrong").then().statusCode(401);
            }
            signIn(email, PASSWORD).then().statusCode(200);
        }
    }

    @Test
    void guesses_at_once_are_no_way_around() throws Exception {
        String email = anEmail();
        signUp(email);
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 32)
                            .mapToObj(
                                    _ -> threads.submit(() -> signIn(email, "wrong").statusCode()))
                            .toList();

            int judged = 0;
            for (Future<Integer> answer : answers) {
                judged += answer.get() == 401 ? 1 : 0;
            }
            assertThat(judged).isLessThanOrEqualTo(PER_SUBJECT);
        }
    }
}
