package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.EMAILS_READ;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.event.KeyChange;
import dev.sendex.common.kafka.KafkaPublisher;
import dev.sendex.common.kafka.Topics;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class RevocationTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    IntrospectionAuthority authority;
    @Inject KafkaPublisher publisher;
    @Inject ObjectMapper json;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @Test
    void a_revoked_key_is_refused_as_soon_as_the_change_arrives() throws JsonProcessingException {
        awaitPush();
        ApiKeyToken token = aToken();
        authority.grant(token.value(), aGrant(token, EMAILS_READ).toJson());
        readEmails(token).then().statusCode(200);

        authority.revoke(token.value());
        readEmails(token).then().statusCode(200);
        byte[] change = json.writeValueAsBytes(new KeyChange(token.keyId(), 2, "revoked"));
        publisher
                .publish(new ProducerRecord<>(Topics.KEYS, token.keyId().toString(), change))
                .await()
                .atMost(TIMEOUT);

        await().atMost(TIMEOUT).untilAsserted(() -> readEmails(token).then().statusCode(401));
    }

    @Test
    void readiness_reports_how_soon_a_revocation_takes_effect() {
        awaitPush();
    }

    @Test
    void the_client_has_metrics() {
        awaitPush();
        ApiKeyToken token = aToken();
        readEmails(token).then().statusCode(401);

        given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("sendex_introspection_hits_total"))
                .body(containsString("sendex_introspection_misses_total"))
                .body(containsString("sendex_introspection_refreshes_total"))
                .body(containsString("sendex_introspection_coalesced_total"))
                .body(containsString("sendex_introspection_outage_answers_total"))
                .body(containsString("sendex_introspection_push_evictions_total"))
                .body(containsString("sendex_introspection_calls_seconds_count"))
                .body(containsString("sendex_introspection_push_behind_seconds"))
                .body(containsString("sendex_introspection_push_record_age_seconds"));
    }

    private void awaitPush() {
        String data = "checks.find { it.name == 'key-changes' }.data.";
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        given().get(readiness)
                                .then()
                                .body(data + "arriving", is(true))
                                .body(data + "revoked_within", is("PT1S")));
    }

    private static Response readEmails(ApiKeyToken token) {
        return given().header("Authorization", "Bearer " + token.value()).get("/guarded/emails");
    }
}
