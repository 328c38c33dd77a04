package dev.sendex.common.ses;

import static dev.sendex.common.ses.Samples.event;
import static dev.sendex.common.ses.Samples.theOnlyEventIn;
import static dev.sendex.common.ses.Samples.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventIdentityTest {

    @Test
    void an_id_is_a_uuid_of_version_5() {
        assertThat(event("delivery").eventId().version()).isEqualTo(5);
        assertThat(event("delivery").eventId().variant()).isEqualTo(2);
    }

    /// Ids are stored and sent to customers; changed ids would let duplicates through.
    @Test
    void ids_do_not_change_between_releases() {
        assertThat(event("delivery").eventId())
                .isEqualTo(UUID.fromString("c32c856c-45ce-571f-a851-8f46770d52fa"));
        assertThat(event("bounce-permanent").eventId())
                .isEqualTo(UUID.fromString("e4dba228-eb9d-51ba-abd6-7f53a79227ff"));
        assertThat(event("click").eventId())
                .isEqualTo(UUID.fromString("bc24244f-5d70-5d08-9225-ec900f66616f"));
    }

    @Test
    void an_event_has_the_same_id_in_every_envelope() {
        assertThat(
                        Stream.of("delivery", "sns-notification-v2", "eventbridge-delivery")
                                .map(sample -> event(sample).eventId()))
                .containsOnly(event("delivery").eventId());
        assertThat(event("identity-notification-bounce").eventId())
                .isEqualTo(event("bounce-permanent").eventId());
    }

    @Test
    void different_events_have_different_ids() {
        assertThat(
                        Stream.of(
                                        "send",
                                        "delivery",
                                        "delivery-delay",
                                        "bounce-permanent",
                                        "bounce-transient",
                                        "bounce-suppressed-no-dsn",
                                        "complaint",
                                        "reject",
                                        "rendering-failure",
                                        "open",
                                        "click",
                                        "subscription")
                                .map(sample -> event(sample).eventId()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "click, /click, link, https://acme.test/other",
        "click, /click, ipAddress, 192.0.2.45",
        "click, /click, userAgent, Other",
        "click, /click, timestamp, 2026-03-02T10:21:00.003Z",
        "open, /open, userAgent, Other",
        "bounce-permanent, /bounce, feedbackId, another",
        "bounce-permanent, /mail, messageId, another",
    })
    void a_difference_between_events_changes_the_id(
            String sample, String object, String member, String value) {
        ObjectNode other = tree(sample);
        other.withObject(object).put(member, value);

        assertThat(theOnlyEventIn(other).eventId()).isNotEqualTo(event(sample).eventId());
    }

    @Test
    void the_order_of_recipients_does_not_matter() {
        ObjectNode one = tree("delivery");
        one.withObject("/delivery").putArray("recipients").add("a@x.test").add("b@x.test");
        ObjectNode other = tree("delivery");
        other.withObject("/delivery").putArray("recipients").add("b@x.test").add("a@x.test");

        assertThat(theOnlyEventIn(one).eventId()).isEqualTo(theOnlyEventIn(other).eventId());
    }

    @Test
    void the_time_is_compared_as_a_time_not_as_text() {
        ObjectNode other = tree("delivery");
        other.withObject("/delivery").put("timestamp", "2026-03-02T11:15:31.904+01:00");

        assertThat(theOnlyEventIn(other).eventId()).isEqualTo(event("delivery").eventId());
    }
}
