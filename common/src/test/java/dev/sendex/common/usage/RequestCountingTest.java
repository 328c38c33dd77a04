package dev.sendex.common.usage;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.EMAILS_READ;
import static dev.sendex.common.permission.Permission.EMAILS_SEND;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class RequestCountingTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    IntrospectionAuthority authority;
    @Inject ObjectMapper json;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    private UsageTopic topic;

    @BeforeEach
    void openTopic() {
        topic = new UsageTopic(json);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    @Test
    void requests_are_counted_by_key_endpoint_and_outcome() {
        ApiKeyToken sender = aKeyWith(EMAILS_SEND);
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        for (int i = 0; i < 3; i++) {
            with(sender).post("/guarded/send").then().statusCode(200);
        }
        with(sender).get("/guarded/me").then().statusCode(200);
        with(reader).get("/guarded/emails").then().statusCode(200);

        awaitSums(
                sender, "GET /guarded/me success null = 1", "POST /guarded/send success null = 3");
        awaitSums(reader, "GET /guarded/emails success null = 1");
    }

    @Test
    void a_refused_request_is_counted_with_its_problem() {
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        with(reader).post("/guarded/send").then().statusCode(403);
        with(reader).post("/guarded/send").then().statusCode(403);

        awaitSums(reader, "POST /guarded/send refused restricted_api_key = 2");
    }

    @Test
    void paths_are_counted_by_their_template() {
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        with(reader).get("/guarded/things/one").then().statusCode(404);
        with(reader).get("/guarded/things/two").then().statusCode(404);

        awaitSums(reader, "GET /guarded/things/{id} refused not_found = 2");
    }

    @Test
    void an_internal_error_is_counted_as_failed() {
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        with(reader).get("/guarded/broken").then().statusCode(500);

        awaitSums(reader, "GET /guarded/broken failed null = 1");
    }

    @Test
    void an_unknown_key_is_not_counted() {
        ApiKeyToken unknown = aToken();
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        with(unknown).get("/guarded/me").then().statusCode(401);
        with(reader).get("/guarded/me").then().statusCode(200);

        awaitSums(reader, "GET /guarded/me success null = 1");
        assertThat(topic.of(unknown.keyId())).isEmpty();
    }

    @Test
    void a_record_contains_the_time_and_address_of_the_last_request() {
        ApiKeyToken reader = aKeyWith(EMAILS_READ);
        Instant before = Instant.now().minusSeconds(1);

        with(reader).header("X-Forwarded-For", "203.0.113.7").get("/guarded/me");

        awaitSums(reader, "GET /guarded/me success null = 1");
        UsageRecord record = topic.of(reader.keyId()).getFirst();
        assertThat(record.lastUsedAt()).isBetween(before, Instant.now());
        assertThat(record.lastUsedIp()).isEqualTo("127.0.0.1");
        assertThat(record.networks()).containsExactly("127.0.0.0/24");
    }

    @Test
    void every_record_has_its_own_id() {
        ApiKeyToken reader = aKeyWith(EMAILS_READ);

        with(reader).get("/guarded/me");
        awaitSums(reader, "GET /guarded/me success null = 1");
        with(reader).get("/guarded/me");
        awaitSums(reader, "GET /guarded/me success null = 2");

        List<UsageRecord> records = topic.of(reader.keyId());
        assertThat(new HashSet<>(records.stream().map(UsageRecord::id).toList()))
                .hasSameSizeAs(records);
    }

    @Test
    void metrics_report_uncounted_requests() {
        given().get(metrics)
                .then()
                .statusCode(200)
                .body(containsString("sendex_usage_uncounted_total"))
                .body(containsString("sendex_usage_waiting"))
                .body(containsString("sendex_usage_published_total"));
    }

    private void awaitSums(ApiKeyToken token, String... sums) {
        await().atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(UsageTopic.sums(topic.of(token.keyId()))).containsExactly(sums));
    }

    private ApiKeyToken aKeyWith(Permission... permissions) {
        ApiKeyToken token = aToken();
        authority.grant(token.value(), aGrant(token, permissions).toJson());
        return token;
    }

    private static RequestSpecification with(ApiKeyToken token) {
        return given().header("Authorization", "Bearer " + token.value());
    }
}
