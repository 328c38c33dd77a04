package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;

/// From the SDK's call to the subscriber's notification.
class SesSandboxTest {

    private static SesSandbox sandbox;
    private static SesClient ses;
    private static Ingest ingest;

    @BeforeAll
    static void start() throws Exception {
        ingest = Ingest.start();
        sandbox = SesSandbox.start(SesSandboxOptions.defaults().withIngest(ingest.uri()));
        ses = Sender.client(sandbox);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
    }

    @BeforeEach
    void forget() {
        ingest.notifications().clear();
        sandbox.clear();
    }

    @AfterAll
    static void stop() {
        ses.close();
        sandbox.close();
        ingest.close();
    }

    @ParameterizedTest
    @CsvSource({
        "success@simulator.amazonses.com, Send Delivery",
        "success+label@simulator.amazonses.com, Send Delivery",
        "someone@example.net, Send Delivery",
        "bounce@simulator.amazonses.com, Send Bounce",
        "bounce+label@simulator.amazonses.com, Send Bounce",
        "ooto@simulator.amazonses.com, Send Delivery Bounce",
        "complaint@simulator.amazonses.com, Send Delivery Complaint",
        "suppressionlist@simulator.amazonses.com, Send Bounce",
    })
    void simulated_recipients_cause_their_events(String recipient, String events) {
        String id = send(ses, recipient);

        List<String> expected = List.of(events.split(" "));
        await().until(() -> ingest.eventTypes().size() == expected.size());
        assertThat(ingest.eventTypes()).isEqualTo(expected);
        assertThat(ingest.notifications())
                .allSatisfy(received ->
                        assertThat(received.event().at("/mail/messageId").asText()).isEqualTo(id));
    }

    @Test
    void a_bounce_has_all_documented_members() {
        JsonNode event = eventOf("bounce@simulator.amazonses.com", 1);

        assertThat(event.at("/bounce/bounceType").asText()).isEqualTo("Permanent");
        assertThat(event.at("/bounce/bounceSubType").asText()).isEqualTo("General");
        assertThat(event.at("/bounce/bouncedRecipients/0").toString())
                .isEqualTo(
                        "{\"emailAddress\":\"bounce@simulator.amazonses.com\",\"action\":\"failed\","
                                + "\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}");
        assertThat(names(event.path("bounce")))
                .contains("feedbackId", "timestamp", "reportingMTA", "remoteMtaIp");
    }

    @Test
    void a_suppressed_recipient_bounces_with_its_own_sub_type() {
        JsonNode event = eventOf("suppressionlist@simulator.amazonses.com", 1);

        assertThat(event.at("/bounce/bounceSubType").asText()).isEqualTo("Suppressed");
    }

    @Test
    void a_complaint_has_its_recipients_and_its_type() {
        JsonNode complaint = eventOf("complaint@simulator.amazonses.com", 2).path("complaint");

        assertThat(complaint.at("/complainedRecipients/0/emailAddress").asText())
                .isEqualTo("complaint@simulator.amazonses.com");
        assertThat(complaint.path("complaintFeedbackType").asText()).isEqualTo("abuse");
        assertThat(names(complaint)).contains("feedbackId", "userAgent", "arrivalDate");
    }

    @Test
    void the_mail_object_has_all_documented_members() {
        JsonNode mail = eventOf("someone@example.net", 1).path("mail");

        assertThat(names(mail))
                .contains(
                        "timestamp",
                        "messageId",
                        "source",
                        "sourceArn",
                        "sendingAccountId",
                        "destination",
                        "headersTruncated",
                        "headers",
                        "commonHeaders",
                        "tags");
        assertThat(mail.at("/commonHeaders/subject").asText()).isEqualTo("Café is ready");
        assertThat(names(mail.path("tags")))
                .contains(
                        "ses:configuration-set",
                        "ses:source-ip",
                        "ses:from-domain",
                        "ses:caller-identity",
                        "ses:outgoing-ip");
        assertThat(mail.at("/tags/sendex_email_id/0").asText()).isEqualTo("0195f3c2");
        assertThat(mail.at("/tags/ses:configuration-set/0").asText()).isEqualTo("sendex");
    }

    @Test
    void an_email_to_many_recipients_has_the_events_of_each() {
        send(ses, "bounce@simulator.amazonses.com", "a@example.net", "b@example.net");

        await().until(() -> ingest.eventTypes().size() == 3);
        assertThat(ingest.eventTypes()).containsExactly("Send", "Delivery", "Bounce");
        assertThat(ingest.notifications().get(1).event().at("/delivery/recipients").size())
                .isEqualTo(2);
    }

    @Test
    void without_a_configuration_set_ses_publishes_nothing() {
        int before = sandbox.events().size();
        ses.sendRawEmail(
                Sender.email("someone@example.net")
                        .configurationSetName(null)
                        .rawMessage(raw ->
                                raw.data(SdkBytes.fromUtf8String("From: a@acme.test\r\n\r\nHi")))
                        .build());

        assertThat(sandbox.messages()).hasSize(1);
        assertThat(sandbox.events()).hasSize(before);
    }

    private JsonNode eventOf(String recipient, int position) {
        send(ses, recipient);
        await().until(() -> ingest.notifications().size() > position);
        return ingest.notifications().get(position).event();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
