package dev.sendex.send.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmailEventsTest extends SendServiceTest {

    @Test
    void a_delivery_sets_the_status_and_adds_to_the_timeline() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> timeline(account, id).size() == 2);
        assertThat(lastEvent(account, id)).isEqualTo("delivered");
        assertThat(timeline(account, id))
                .containsExactlyInAnyOrder("email.delivered", "email.sent");
    }

    @Test
    void duplicate_and_reordered_events_have_the_same_result() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        List<String> events = eventsAbout(id).reversed();
        for (int round = 0; round < 3; round++) {
            events.forEach(event -> KafkaClient.publish("ses.events", event));
        }
        within(10).until(() -> timeline(account, id).size() == events.size());
        awaitApplied(account);
        assertThat(lastEvent(account, id)).isEqualTo("delivered");
        assertThat(timeline(account, id))
                .containsExactlyInAnyOrder("email.delivered", "email.sent");
    }

    @Test
    void a_permanent_bounce_suppresses_its_recipient() {
        TestAccount account = anAccount();
        String id = sent(account, "bounce@simulator.amazonses.com");
        eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> lastEvent(account, id).equals("bounced"));
        as(account.key())
                .get("/v1/suppressions")
                .then()
                .statusCode(200)
                .body("data.email", equalTo(List.of("bounce@simulator.amazonses.com")))
                .body("data.origin", equalTo(List.of("bounce")))
                .body("data.source_id", equalTo(List.of(id)));
    }

    @Test
    void a_complaint_suppresses_its_recipient_and_takes_precedence_over_the_delivery() {
        TestAccount account = anAccount();
        String id = sent(account, "complaint@simulator.amazonses.com");
        eventsAbout(id).reversed().forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> timeline(account, id).size() == 3);
        assertThat(lastEvent(account, id)).isEqualTo("complained");
        as(account.key())
                .get("/v1/suppressions")
                .then()
                .statusCode(200)
                .body("data.origin", equalTo(List.of("complaint")));
    }

    @Test
    void a_not_spam_report_is_recorded_and_suppresses_no_address() {
        TestAccount account = anAccount();
        String id = sent(account, "complaint@simulator.amazonses.com");
        eventsAbout(id).stream()
                .filter(event -> event.contains("\"Complaint\""))
                .map(event ->
                        event.replaceAll(
                                "\"complaintFeedbackType\":\"[^\"]*\"",
                                "\"complaintFeedbackType\":\"not-spam\""))
                .forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> timeline(account, id).contains("email.not_spam"));
        assertThat(timeline(account, id)).doesNotContain("email.complained");
        assertThat(lastEvent(account, id)).isEqualTo("sent");
        as(account.key())
                .get("/v1/suppressions")
                .then()
                .statusCode(200)
                .body("data", equalTo(List.of()));
    }

    @Test
    void an_out_of_office_reply_is_in_the_timeline_and_leaves_the_email_delivered() {
        TestAccount account = anAccount();
        String id = sent(account, "ooto@simulator.amazonses.com");
        eventsAbout(id).reversed().forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> timeline(account, id).size() == 3);
        assertThat(timeline(account, id)).contains("email.bounced");
        email(account, id)
                .body("last_event", equalTo("delivered"))
                .body("recipients.status", equalTo(List.of("delivered")));
    }

    @Test
    void each_recipient_has_its_own_status_and_events_name_those_they_are_about() {
        TestAccount account = anAccount();
        Map<String, Object> request = account.email("Ada <success@simulator.amazonses.com>");
        request.put("cc", "bounce@simulator.amazonses.com");
        String id = send(account, request);
        within(10).until(() -> lastEvent(account, id).equals("sent"));
        email(account, id).body("recipients.status", equalTo(List.of("sent", "sent")));
        eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> timeline(account, id).size() == 3);
        email(account, id)
                .body("last_event", equalTo("bounced"))
                .body(
                        "recipients.email",
                        equalTo(
                                List.of(
                                        "success@simulator.amazonses.com",
                                        "bounce@simulator.amazonses.com")))
                .body("recipients.kind", equalTo(List.of("to", "cc")))
                .body("recipients.status", equalTo(List.of("delivered", "bounced")));
        as(account.key())
                .get("/v1/emails/{id}/events", id)
                .then()
                .body(
                        "data.find { it.type == 'email.bounced' }.detail.recipients.email",
                        equalTo(List.of("bounce@simulator.amazonses.com")));
    }

    @Test
    void an_open_by_a_machine_is_in_the_timeline_and_does_not_change_the_status() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> lastEvent(account, id).equals("delivered"));
        publishOpen(id, "Likely");
        within(10).until(() -> timeline(account, id).contains("email.opened"));
        assertThat(lastEvent(account, id)).isEqualTo("delivered");
        as(account.key())
                .get("/v1/emails/{id}/events", id)
                .then()
                .body("data.find { it.type == 'email.opened' }.detail.automated", equalTo(true));
        publishOpen(id, "Unlikely");
        within(10).until(() -> lastEvent(account, id).equals("opened"));
        email(account, id).body("recipients.status", equalTo(List.of("opened")));
    }

    @Test
    void a_full_mailbox_counts_as_a_soft_bounce_and_a_refused_attachment_does_not() {
        TestAccount account = anAccount();
        for (String subType : List.of("AttachmentRejected", "MailboxFull")) {
            String id = sent(account, "ooto@simulator.amazonses.com");
            eventsAbout(id).stream()
                    .filter(event -> event.contains("\"Bounce\""))
                    .map(event ->
                            event.replace(
                                            "\"bounceSubType\":\"General\"",
                                            "\"bounceSubType\":\"" + subType + "\"")
                                    .replace(
                                            "\"bouncedRecipients\":[{",
                                            "\"bouncedRecipients\":[{\"status\":\"4.4.7\","))
                    .forEach(event -> KafkaClient.publish("ses.events", event));
            within(10).until(() -> lastEvent(account, id).equals("bounced"));
            as(account.key())
                    .get("/v1/suppressions")
                    .then()
                    .body("data", hasSize(subType.equals("MailboxFull") ? 1 : 0));
        }
    }

    @Test
    void a_malformed_record_is_dead_lettered_and_the_next_one_is_applied() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        String poison = "{\"eventType\":\"Nonsense\",\"mark\":\"%s\"}".formatted(id);
        try (KafkaClient deadLetters = KafkaClient.following("ses.events.dlq")) {
            KafkaClient.publish("ses.events", poison);
            KafkaClient.publish("ses.events", "not even JSON");
            eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
            within(10).until(() -> lastEvent(account, id).equals("delivered"));
            within(10).until(() -> deadLetters.values().anyMatch(poison::equals));
            ConsumerRecord<String, byte[]> letter =
                    deadLetters
                            .records()
                            .filter(one -> poison.equals(new String(one.value(), UTF_8)))
                            .findFirst()
                            .orElseThrow();
            assertThat(header(letter, "dead-letter-consumer")).isEqualTo("send-service");
            assertThat(header(letter, "dead-letter-reason")).isNotBlank();
        }
    }

    @Test
    void the_largest_possible_record_is_dead_lettered_truncated() {
        TestAccount account = anAccount();
        String mark = UUID.randomUUID().toString();
        String poison = mark + "x".repeat(1024 * 1024 - 300);
        try (KafkaClient deadLetters = KafkaClient.following("ses.events.dlq")) {
            KafkaClient.publish("ses.events", poison);
            within(20).until(() -> deadLetters.values().anyMatch(value -> value.startsWith(mark)));
            ConsumerRecord<String, byte[]> letter =
                    deadLetters
                            .records()
                            .filter(one -> new String(one.value(), UTF_8).startsWith(mark))
                            .findFirst()
                            .orElseThrow();
            assertThat(header(letter, "dead-letter-truncated")).isEqualTo("true");
            assertThat(Integer.parseInt(header(letter, "dead-letter-original-size")))
                    .isGreaterThanOrEqualTo(poison.length());
        }
        awaitApplied(account);
    }

    @Test
    void an_address_too_long_for_an_index_does_not_block_other_events() {
        TestAccount account = anAccount();
        String id = sent(account, "bounce@simulator.amazonses.com");
        Random random = new Random(1); // random, since compressible text would fit into the index
        String longest =
                random.ints(20_000, 'a', 'z' + 1)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        eventsAbout(id).stream()
                .map(event -> event.replace("bounce@simulator", longest + "@simulator"))
                .forEach(event -> KafkaClient.publish("ses.events", event));
        awaitApplied(account);
    }

    @Test
    void events_of_foreign_emails_are_ignored_and_block_nothing() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        for (String event : eventsAbout(id)) {
            KafkaClient.publish("ses.events", event.replace("sendex_email_id", "someone_elses"));
            KafkaClient.publish("ses.events", event.replace(id, UUID.randomUUID().toString()));
        }
        awaitApplied(account);
        assertThat(timeline(account, id)).isEmpty();
    }

    @Test
    void text_that_postgresql_cannot_store_does_not_block_other_events() {
        TestAccount account = anAccount();
        String id = sent(account, "success@simulator.amazonses.com");
        eventsAbout(id).stream()
                .map(event ->
                        event.replaceAll("\"smtpResponse\":\"", "\"smtpResponse\":\"\\\\u0000"))
                .forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> lastEvent(account, id).equals("delivered"));
    }

    private static ValidatableResponse email(TestAccount account, String id) {
        return as(account.key()).get("/v1/emails/{id}", id).then().statusCode(200);
    }

    private void publishOpen(String id, String isBotEvent) {
        String delivery =
                eventsAbout(id).stream()
                        .filter(event -> event.contains("\"Delivery\""))
                        .findFirst()
                        .orElseThrow();
        KafkaClient.publish(
                "ses.events",
                delivery.replace("\"Delivery\"", "\"Open\"")
                        .replace(
                                "\"delivery\":",
                                """
                                "open": {"timestamp": "2026-03-02T10:15:30Z", "userAgent": "%s",
                                    "isBotEvent": "%s"},
                                "delivery":
                                """
                                        .formatted(isBotEvent, isBotEvent)));
    }

    private String sent(TestAccount account, String to) {
        String id = send(account, account.email(to));
        within(10).until(() -> lastEvent(account, id).equals("sent"));
        return id;
    }

    /// Waits until everything published so far has been applied, by publishing one more event to
    /// every partition.
    private void awaitApplied(TestAccount account) {
        for (int i = 0; i < 8; i++) {
            String id = sent(account, "success+mark@simulator.amazonses.com");
            eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
            within(10).until(() -> lastEvent(account, id).equals("delivered"));
        }
    }

    private static List<String> timeline(TestAccount account, String id) {
        return as(account.key())
                .get("/v1/emails/{id}/events", id)
                .then()
                .statusCode(200)
                .extract()
                .path("data.type");
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
