package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.EMAILS_READ;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clients behind a proxy, since the limit is by address.
@QuarkusTest
@TestProfile(GuessFilterTest.Profile.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class GuessFilterTest {

    private static final int LIMIT = 3;

    IntrospectionAuthority authority;

    @Inject MeterRegistry meters;

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "sendex.introspection.unknown-per-minute",
                    String.valueOf(LIMIT),
                    "sendex.network.trusted-proxies",
                    "127.0.0.1/32");
        }
    }

    @Test
    void guesses_beyond_the_limit_get_429() {
        guess("192.0.2.1");
        int calls = authority.calls();
        double throttled = throttled();

        with(aToken(), "192.0.2.1")
                .get("/guarded/emails")
                .then()
                .statusCode(429)
                .contentType("application/json")
                .header("Retry-After", is("60"))
                .header("X-Request-Id", notNullValue())
                .body("code", is("rate_limit_exceeded"))
                .body("request_id", notNullValue())
                .body("detail", containsString("unknown API keys"));
        assertThat(authority.calls()).isEqualTo(calls);
        assertThat(throttled()).isEqualTo(throttled + 1);
    }

    @Test
    void the_limit_applies_to_every_path() {
        guess("192.0.2.2");
        with(aToken(), "192.0.2.2").get("/guarded/nothing").then().statusCode(429);
        with(aToken(), "192.0.2.2").get("/guarded/open").then().statusCode(429);
    }

    @Test
    void other_requests_from_that_address_are_not_affected() {
        ApiKeyToken known = aKey();
        with(known, "192.0.2.3").get("/guarded/emails").then().statusCode(200);
        guess("192.0.2.3");

        with(known, "192.0.2.3").get("/guarded/emails").then().statusCode(200);
        from("192.0.2.3").get("/guarded/emails").then().statusCode(401);
        from("192.0.2.3").get("/guarded/open").then().statusCode(200);
        from("192.0.2.3")
                .header("Authorization", "Bearer nonsense")
                .get("/guarded/emails")
                .then()
                .statusCode(401);
    }

    @Test
    void other_addresses_are_not_affected() {
        guess("192.0.2.4");
        with(aKey(), "192.0.2.5").get("/guarded/emails").then().statusCode(200);
    }

    @Test
    void guessed_paths_create_no_time_series() {
        guess("192.0.2.6");
        with(aToken(), "192.0.2.6").get("/unknown/path/of/a/guesser").then().statusCode(429);
        from("192.0.2.6").delete("/guarded/things/guesser").then().statusCode(405);

        assertThat(meters.find("http.server.requests").meters())
                .flatExtracting(meter -> meter.getId().getTags())
                .extracting(Tag::getValue)
                .contains("429", "405", "/other")
                .noneMatch(value -> value.contains("guesser"));
    }

    private double throttled() {
        return meters.get("sendex.introspection.held.back").counter().count();
    }

    private void guess(String address) {
        for (int i = 0; i < LIMIT; i++) {
            with(aToken(), address).get("/guarded/emails").then().statusCode(401);
        }
    }

    private ApiKeyToken aKey() {
        ApiKeyToken token = aToken();
        authority.grant(token.value(), aGrant(token, EMAILS_READ).toJson());
        return token;
    }

    private static RequestSpecification with(ApiKeyToken token, String address) {
        return from(address).header("Authorization", "Bearer " + token.value());
    }

    private static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address);
    }
}
