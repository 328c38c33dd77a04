package dev.sendex.send.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.emails.EmailStatus;
import dev.sendex.send.emails.RecipientStatus;
import dev.sendex.send.events.EmailProjection.Recipient;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmailProjectionTest {

    private static final EmailRef EMAIL = new EmailRef(UUID.randomUUID(), UUID.randomUUID());
    private static final String ADA = "ada@example.net";
    private static final String BOB = "bob@example.net";

    @Test
    void an_out_of_office_reply_leaves_the_email_delivered() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.SENT, ADA),
                        event(RecipientStatus.DELIVERY_DELAYED, ADA),
                        event(RecipientStatus.DELIVERED, ADA),
                        event(RecipientStatus.SOFT_BOUNCED, ADA)),
                EmailStatus.DELIVERED,
                RecipientStatus.DELIVERED);
    }

    @Test
    void a_transient_bounce_without_a_delivery_is_a_bounce() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.SENT, ADA),
                        event(RecipientStatus.DELIVERY_DELAYED, ADA),
                        event(RecipientStatus.SOFT_BOUNCED, ADA)),
                EmailStatus.BOUNCED,
                RecipientStatus.SOFT_BOUNCED);
    }

    @Test
    void an_email_that_is_returned_after_its_delivery_has_bounced() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.DELIVERED, ADA),
                        event(RecipientStatus.OPENED, ADA),
                        event(RecipientStatus.BOUNCED, ADA)),
                EmailStatus.BOUNCED,
                RecipientStatus.BOUNCED);
    }

    @Test
    void a_bounce_of_one_recipient_concerns_the_email_but_not_the_other_recipient() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.SENT, ADA, BOB),
                        event(RecipientStatus.DELIVERED, BOB),
                        event(RecipientStatus.BOUNCED, ADA)),
                EmailStatus.BOUNCED,
                RecipientStatus.BOUNCED,
                RecipientStatus.DELIVERED);
    }

    @Test
    void an_open_by_one_of_several_recipients_counts_for_the_email() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.DELIVERED, ADA),
                        event(RecipientStatus.SOFT_BOUNCED, ADA),
                        event(RecipientStatus.CLICKED),
                        event(RecipientStatus.OPENED),
                        event(RecipientStatus.DELIVERED, BOB)),
                EmailStatus.CLICKED,
                RecipientStatus.DELIVERED,
                RecipientStatus.DELIVERED);
    }

    @Test
    void an_email_is_suppressed_only_if_all_its_recipients_are() {
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.SUPPRESSED, ADA),
                        event(RecipientStatus.SENT, ADA, BOB)),
                EmailStatus.SENT,
                RecipientStatus.SUPPRESSED,
                null);
        assertInAnyOrder(
                List.of(
                        event(RecipientStatus.SUPPRESSED, ADA),
                        event(RecipientStatus.SUPPRESSED, BOB)),
                EmailStatus.SUPPRESSED,
                RecipientStatus.SUPPRESSED,
                RecipientStatus.SUPPRESSED);
    }

    @Test
    void an_event_shows_that_an_email_given_up_as_failed_was_sent() {
        EmailProjection failed =
                new EmailProjection(EmailStatus.FAILED, null, null, List.of(recipient(1, ADA)));

        EmailProjection after = failed.after(List.of(event(RecipientStatus.SENT, ADA)));

        assertThat(after.status()).isEqualTo(EmailStatus.SENT);
        assertThat(after.messageId()).isEqualTo("ses-id");
    }

    /// The first recipient is Ada, the second one, if any, Bob.
    private static void assertInAnyOrder(
            List<EmailEvent> events, EmailStatus email, @Nullable RecipientStatus... recipients) {
        List<Recipient> initial = new ArrayList<>();
        for (int i = 0; i < recipients.length; i++) {
            initial.add(recipient(i, i == 0 ? ADA : BOB));
        }
        for (List<EmailEvent> order : permutations(events)) {
            EmailProjection after =
                    new EmailProjection(EmailStatus.QUEUED, null, null, initial).after(order);

            assertThat(after.status()).isEqualTo(email);
            assertThat(after.recipients())
                    .extracting(Recipient::status)
                    .containsExactly(recipients);
        }
    }

    private static List<List<EmailEvent>> permutations(List<EmailEvent> events) {
        if (events.isEmpty()) {
            return List.of(List.of());
        }
        List<List<EmailEvent>> all = new ArrayList<>();
        for (EmailEvent first : events) {
            List<EmailEvent> rest = new ArrayList<>(events);
            rest.remove(first);
            for (List<EmailEvent> order : permutations(rest)) {
                List<EmailEvent> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(order);
                all.add(permutation);
            }
        }
        return all;
    }

    private static Recipient recipient(int position, String mailbox) {
        return new Recipient(position, mailbox, false, null);
    }

    private static EmailEvent event(RecipientStatus status, String... recipients) {
        return new EmailEvent(
                new EmailEvent.Ref(EMAIL, UUID.randomUUID()),
                "type",
                Instant.EPOCH,
                new JsonObject(),
                "ses-id",
                status,
                List.of(recipients),
                List.of(),
                List.of(),
                "bounce");
    }
}
