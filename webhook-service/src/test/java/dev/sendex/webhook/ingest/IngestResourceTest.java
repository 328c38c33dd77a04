package dev.sendex.webhook.ingest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.fixture.Contract;
import dev.sendex.webhook.Records;
import dev.sendex.webhook.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class IngestResourceTest {

    TestSns sns;

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void a_signed_notification_is_acknowledged_once_it_is_in_kafka(String version) {
        String sesMessageId = UUID.randomUUID().toString();
        Map<String, String> message = sns.notification(Records.delivery(sesMessageId));
        message.put("SignatureVersion", version);

        post(sns.signed(message)).statusCode(200).body("accepted", equalTo(true));

        try (Records records = Records.of("ses.events")) {
            await().untilAsserted(() -> assertThat(records.valuesOf(sesMessageId)).hasSize(1));
        }
    }

    @Test
    void a_certificate_is_fetched_once() {
        post(sns.signed(sns.notification(Records.delivery("a")))).statusCode(200);
        int before = sns.fetches();

        post(sns.signed(sns.notification(Records.delivery("b")))).statusCode(200);

        assertThat(sns.fetches()).isEqualTo(before);
    }

    @Test
    void a_subscription_is_confirmed() {
        int before = sns.confirmations();

        post(sns.signed(sns.confirmation())).statusCode(200);

        assertThat(sns.confirmations()).isEqualTo(before + 1);
    }

    @Test
    void a_confirmation_url_of_another_host_is_refused() {
        Map<String, String> message = sns.confirmation();
        message.put("SubscribeURL", "https://attacker.example/confirm");

        refused(sns.signed(message));
    }

    @ParameterizedTest
    @CsvSource({
        "Message, {}",
        "MessageId, another",
        "Subject, another",
        "TopicArn, arn:aws:sns:eu-central-1:000000000000:another",
        "Type, SubscriptionConfirmation",
        "SignatureVersion, 1",
        "SignatureVersion, 3",
        "Signature, AAAA",
        "Signature, not base64"
    })
    void a_message_that_was_changed_is_refused(String member, String value) throws Exception {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        @SuppressWarnings("unchecked")
        Map<String, Object> changed =
                json.readValue(sns.signed(sns.notification(Records.delivery("x"))), HashMap.class);
        changed.put(member, value);

        refused(json.writeValueAsString(changed));
    }

    @Test
    void a_signed_message_of_another_topic_is_refused() {
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("TopicArn", TestSns.TOPIC + "-of-somebody-else");

        refused(sns.signed(message));
    }

    @Test
    void a_signed_message_that_is_too_old_is_refused() {
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("Timestamp", Instant.now().minus(Duration.ofMinutes(61)).toString());

        refused(sns.signed(message));
    }

    @Test
    void a_message_from_the_future_is_refused() {
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("Timestamp", Instant.now().plus(Duration.ofHours(1)).toString());

        refused(sns.signed(message));
    }

    @Test
    void an_untrusted_certificate_is_refused() {
        try (TestSns untrusted = TestSns.untrusted()) {
            Map<String, String> message = untrusted.notification(Records.delivery("x"));
            message.put("SigningCertURL", sns.serve(untrusted));

            refused(untrusted.signed(message));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sns.eu-central-1.amazonaws.com.attacker.example/c.pem",
                "https://attacker.example/c.pem",
                "http://169.254.169.254/latest/meta-data",
                "https://127.0.0.1@attacker.example/c.pem",
                "file:///etc/passwd",
                "not a url"
            })
    void a_certificate_url_of_another_host_is_not_fetched(String url) {
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("SigningCertURL", url);

        refused(sns.signed(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/confirm", "/missing.pem", TestSns.CERTIFICATE + "?x=1", "/"})
    void a_url_that_is_not_of_an_sns_certificate_is_not_fetched(String path) {
        int confirmations = sns.confirmations();
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("SigningCertURL", sns.url(path));

        refused(sns.signed(message));
        assertThat(sns.confirmations()).isEqualTo(confirmations);
    }

    @Test
    void another_port_of_the_same_host_is_not_called() throws Exception {
        try (TestSns other = TestSns.untrusted()) {
            Map<String, String> message = sns.notification(Records.delivery("x"));
            message.put("SigningCertURL", other.url(TestSns.CERTIFICATE));
            Map<String, String> confirmation = sns.confirmation();
            confirmation.put("SubscribeURL", other.url("/confirm"));

            refused(sns.signed(message));
            refused(sns.signed(confirmation));

            assertThat(other.fetches()).isZero();
            assertThat(other.confirmations()).isZero();
        }
    }

    @Test
    void a_certificate_that_cannot_be_fetched_is_answered_503() {
        Map<String, String> message = sns.notification(Records.delivery("x"));
        message.put("SigningCertURL", sns.url("/SimpleNotificationService-0000.pem"));

        post(sns.signed(message)).statusCode(503).body("code", equalTo("service_unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"eventType\":\"Delivery\"}", "null", "1"})
    void bodies_that_are_not_sns_messages_are_refused(String body) {
        post(body).statusCode(400).body("code", equalTo("validation_error"));
    }

    @Test
    void a_message_larger_than_sns_sends_is_refused() {
        post("x".repeat(400_000)).statusCode(413);
    }

    @Test
    void another_content_type_is_refused() {
        given().filter(Contract.read().check())
                .contentType("application/xml")
                .body("<a/>")
                .post("/ingest/sns")
                .then()
                .statusCode(415);
    }

    private static void refused(String body) {
        post(body).statusCode(403).body("code", equalTo("forbidden"));
    }

    private static ValidatableResponse post(String body) {
        return given().filter(Contract.read().check())
                .contentType("text/plain; charset=UTF-8")
                .body(body)
                .post("/ingest/sns")
                .then();
    }
}
