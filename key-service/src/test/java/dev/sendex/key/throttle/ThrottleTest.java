package dev.sendex.key.throttle;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.common.problem.Problem;
import dev.sendex.common.problem.ProblemException;
import dev.sendex.key.RunningService;
import dev.sendex.key.throttle.Attempt.Bound;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class ThrottleTest {

    private static final int PER_SUBJECT = 10;
    private static final int PER_CLIENT = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Inject Pool pool;

    @Test
    void after_too_many_wrong_passwords_even_the_correct_one_is_refused() {
        String email = anEmail();
        signUp(email);
        for (int guess = 0; guess < PER_SUBJECT; guess++) {
            signIn(email, "wrong " + guess).then().statusCode(401);
        }

        Response refused = signIn(email, PASSWORD);

        refused.then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 900);
    }

    @Test
    void an_email_without_an_account_is_throttled_too() {
        String email = anEmail();
        for (int guess = 0; guess < PER_SUBJECT; guess++) {
            signIn(email, PASSWORD).then().statusCode(401);
        }

        signIn(email, PASSWORD).then().statusCode(429);
    }

    @Test
    void a_successful_sign_in_resets_the_count() {
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
    void concurrent_guesses_cannot_exceed_the_limit() throws Exception {
        String email = anEmail();
        signUp(email);
        try (var threads = Executors.newFixedThreadPool(16)) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 32)
                            .mapToObj(
                                    _ -> threads.submit(() -> signIn(email, "wrong").statusCode()))
                            .toList();

            int checked = 0;
            for (Future<Integer> answer : answers) {
                checked += answer.get() == 401 ? 1 : 0;
            }
            assertThat(checked).isLessThanOrEqualTo(PER_SUBJECT);
        }
    }

    @Test
    void repeated_sign_ups_with_a_registered_email_are_throttled() {
        String email = anEmail();
        signUp(email);
        for (int attempt = 1; attempt < PER_SUBJECT; attempt++) {
            signUp(email).then().statusCode(409);
        }

        signUp(email).then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
    }

    @Test
    void attempts_for_many_emails_are_throttled_per_network() {
        Throttle strict = new Throttle(pool, new Strict());
        String network = "2001:db8:%x:1::".formatted(new Random().nextInt(0xffff));
        for (int guess = 0; guess < PER_CLIENT; guess++) {
            admit(strict, anEmail(), network + guess);
        }

        assertThatThrownBy(() -> admit(strict, anEmail(), network + "ffff"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problem())
                                        .isEqualTo(Problem.RATE_LIMIT_EXCEEDED));
        admit(strict, anEmail(), network.replace(":1::", ":2::") + "1");
    }

    private static void admit(Throttle throttle, String email, String address) {
        throttle.admit(Attempt.of("test", email, Bound.ANYONE, InetAddress.ofLiteral(address)))
                .await()
                .atMost(TIMEOUT);
    }

    private record Strict(
            int perSubjectAndClient,
            int perSubject,
            int mailsPerSubject,
            int perClient,
            Duration window)
            implements ThrottleConfig {

        Strict() {
            this(PER_SUBJECT, PER_SUBJECT, PER_SUBJECT, PER_CLIENT, Duration.ofMinutes(15));
        }
    }
}
