package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aToken;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// As in key-service: introspection is local, and there is no Kafka.
@QuarkusTest
@TestProfile(OwnAuthorityTest.Profile.class)
class OwnAuthorityTest {

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("sendex.identity.authority", "own");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @Test
    void a_service_that_is_the_authority_neither_calls_key_service_nor_consumes_key_changes() {
        String header = "Bearer " + aToken().value();

        given().header("Authorization", header).get("/guarded/emails").then().statusCode(200);
        given().header("Authorization", header).post("/guarded/send").then().statusCode(403);
        given().get(readiness).then().body(not(containsString("key-changes")));
    }
}
