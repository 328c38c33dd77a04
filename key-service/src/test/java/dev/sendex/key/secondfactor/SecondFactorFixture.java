package dev.sendex.key.secondfactor;

import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;

import dev.sendex.key.MovableClock;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A signed-in member, and requests that several tests of two-factor authentication make.
abstract class SecondFactorFixture {

    @Inject MovableClock clock;

    String email;
    String session;

    @BeforeEach
    void signUpMember() {
        email = anEmail();
        session = signUp(email).path("access_token");
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    String idOf(String member) {
        return with(session)
                .get("/v1/members")
                .path("data.find { it.email == '%s' }.id".formatted(member));
    }

    static Response status(String caller) {
        return with(caller).get("/v1/auth/second-factor");
    }

    static Response change(String caller, String change, String password, String code) {
        return with(caller)
                .body(Map.of("password", password, "code", code))
                .post("/v1/auth/second-factor/" + change);
    }

    static Response disableOf(String caller, String memberId) {
        return with(caller).delete("/v1/members/" + memberId + "/second-factor");
    }
}
