package dev.sendex.common.ses;

import static dev.sendex.common.ses.Samples.event;
import static dev.sendex.common.ses.Samples.theOnlyEventIn;
import static dev.sendex.common.ses.Samples.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.ses.SesEvent.SesRecipient;
import dev.sendex.common.ses.SesEvent.WebhookType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesEventTest {

    @ParameterizedTest
    @CsvSource({
        "send, Send, email.sent",
        "delivery, Delivery, email.delivered",
        "delivery-delay, DeliveryDelay, email.delivery_delayed",
        "bounce-permanent, Bounce, email.bounced",
        "bounce-transient, Bounce, email.bounced",
        "bounce-suppressed-no-dsn, Bounce, email.suppressed",
        "complaint, Complaint, email.complained",
        "reject, Reject, email.failed",
        "rendering-failure, Rendering Failure, email.failed",
        "open, Open, email.opened",
        "click, Click, email.clicked",
        "identity-notification-bounce, Bounce, email.bounced",
    })
    void each_type_of_event_has_its_webhook_type(String sample, String type, String webhookType) {
        SesEvent event = event(sample);

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.webhookType().value()).isEqualTo(webhookType);
    }

    @Test
    void a_change_of_an_ses_contact_list_has_no_webhook_type() {
        assertThat(event("subscription").webhookType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Suppressed", "OnAccountSuppressionList"})
    void a_bounce_from_a_suppression_list_has_the_type_suppressed(String subType) {
        ObjectNode event = tree("bounce-permanent");
        event.withObject("/bounce").put("bounceSubType", subType);

        assertThat(theOnlyEventIn(event).webhookType()).isEqualTo(WebhookType.EMAIL_SUPPRESSED);
    }

    @Test
    void a_complaint_from_the_suppression_list_has_the_type_suppressed() {
        ObjectNode event = tree("complaint");
        event.withObject("/complaint").put("complaintSubType", "OnAccountSuppressionList");

        assertThat(theOnlyEventIn(event).webhookType()).isEqualTo(WebhookType.EMAIL_SUPPRESSED);
    }

    @Test
    void permanent_bounces_and_complaints_suppress_each_recipient_they_list() {
        assertThat(event("bounce-permanent").suppressedRecipients())
                .containsExactly("ada@example.net");
        assertThat(event("complaint").suppressedRecipients())
                .containsExactly("ada@example.net", "bob@example.net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bounce-transient", "delivery", "delivery-delay", "reject", "open"})
    void other_events_suppress_no_recipient(String sample) {
        assertThat(event(sample).suppressedRecipients()).isEmpty();
    }

    @Test
    void a_not_spam_report_suppresses_no_recipient() {
        ObjectNode event = tree("complaint");
        event.withObject("/complaint").put("complaintFeedbackType", "not-spam");

        SesEvent.Complaint complaint = (SesEvent.Complaint) theOnlyEventIn(event);

        assertThat(complaint.notSpam()).isTrue();
        assertThat(complaint.webhookType()).isNull();
        assertThat(complaint.suppressedRecipients()).isEmpty();
    }

    @Test
    void the_affected_recipients_are_those_that_the_event_names_as_the_email_writes_them() {
        ObjectNode event = tree("complaint");
        event.withObject("/mail").putArray("destination").add("Ada@example.net").add("eve@x.test");
        event.withObject("/complaint")
                .putArray("complainedRecipients")
                .addObject()
                .put("emailAddress", "Ada <ada@example.net>");

        assertThat(theOnlyEventIn(event).affectedRecipients()).containsExactly("Ada@example.net");
    }

    @Test
    void a_bounce_of_a_forwarded_email_is_about_its_only_recipient() {
        ObjectNode event = tree("bounce-permanent");
        event.withObject("/bounce")
                .putArray("bouncedRecipients")
                .addObject()
                .put("emailAddress", "forwarded@elsewhere.test");

        assertThat(theOnlyEventIn(event).affectedRecipients()).containsExactly("ada@example.net");
        assertThat(theOnlyEventIn(event).suppressedRecipients()).containsExactly("ada@example.net");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "click"})
    void an_open_or_click_is_about_a_recipient_only_if_there_is_no_other(String sample) {
        ObjectNode several = tree(sample);
        several.withObject("/mail")
                .putArray("destination")
                .add("ada@example.net")
                .add("eve@x.test");

        assertThat(event(sample).affectedRecipients()).containsExactly("ada@example.net");
        assertThat(theOnlyEventIn(several).affectedRecipients()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Likely, true", "Unlikely, false", "Perhaps,", ","})
    void opens_and_clicks_by_machines_are_recognised(String isBotEvent, Boolean automated) {
        ObjectNode open = tree("open");
        open.withObject("/open").put("isBotEvent", isBotEvent);
        ObjectNode click = tree("click");
        click.withObject("/click").put("isBotEvent", isBotEvent);

        assertThat(((SesEvent.Open) theOnlyEventIn(open)).automated()).isEqualTo(automated);
        assertThat(((SesEvent.Click) theOnlyEventIn(click)).automated()).isEqualTo(automated);
    }

    @Test
    void the_tags_contain_the_ids_of_our_email_and_account() {
        SesMail mail = event("delivery").mail();
        assertThat(mail.region()).isEqualTo("eu-west-1");

        assertThat(mail.emailId())
                .isEqualTo(UUID.fromString("0195f3c2-7a10-7c44-9d0e-5b1f0a2c3d4e"));
        assertThat(mail.accountId())
                .isEqualTo(UUID.fromString("0195f3c2-0000-7000-8000-000000000001"));
    }

    @Test
    void missing_or_malformed_tags_are_ignored() {
        ObjectNode malformed = tree("send");
        malformed.withObject("/mail/tags").putArray("sendex_email_id").add("1-1-1-1-1");
        malformed.withObject("/mail/tags").putArray("sendex_account_id").add("a").add("b");

        assertThat(event("identity-notification-bounce").mail().emailId()).isNull();
        assertThat(theOnlyEventIn(malformed).mail().emailId()).isNull();
        assertThat(theOnlyEventIn(malformed).mail().accountId()).isNull();
    }

    @Test
    void a_bounce_contains_the_response_of_the_receiving_server() {
        SesEvent.Bounce bounce = (SesEvent.Bounce) event("bounce-permanent");

        assertThat(bounce.bounceType()).isEqualTo(SesEvent.BounceType.PERMANENT);
        assertThat(bounce.bounceSubType()).isEqualTo("NoEmail");
        assertThat(bounce.timestamp()).isEqualTo(Instant.parse("2026-03-02T10:15:33Z"));
        assertThat(bounce.bouncedRecipients())
                .containsExactly(
                        new SesRecipient(
                                "ada@example.net",
                                "failed",
                                "5.1.1",
                                "smtp; 550 5.1.1 no such user"));
    }

    @Test
    void an_event_without_a_time_has_that_of_the_email() {
        assertThat(event("send").timestamp()).isEqualTo(event("send").mail().timestamp());
        assertThat(event("send").recipients()).isEqualTo(List.of("ada@example.net"));
    }
}
