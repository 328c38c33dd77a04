package dev.sendex.common.ses;

import static dev.sendex.common.ses.Samples.JSON;
import static dev.sendex.common.ses.Samples.event;
import static dev.sendex.common.ses.Samples.eventsIn;
import static dev.sendex.common.ses.Samples.rejectionOf;
import static dev.sendex.common.ses.Samples.sample;
import static dev.sendex.common.ses.Samples.theOnlyEventIn;
import static dev.sendex.common.ses.Samples.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SesEventNormaliserTest {

    static Stream<Arguments> envelopes() {
        return Stream.of(
                Arguments.of("none", sample("delivery")),
                Arguments.of("SNS", sample("sns-notification-v2")),
                Arguments.of("EventBridge", sample("eventbridge-delivery")),
                Arguments.of("a JSON string", string(sample("delivery"))),
                Arguments.of("a JSON string around SNS", string(sample("sns-notification-v2"))),
                Arguments.of("Kafka Connect", connect(tree("delivery"))),
                Arguments.of("Kafka Connect, as a string", connect(string(sample("delivery")))),
                Arguments.of(
                        "Lambda of SNS",
                        lambda(JSON.createObjectNode().set("Sns", tree("sns-notification-v2")))),
                Arguments.of("Lambda of SQS", lambda(sqs(sample("sns-notification-v2")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("envelopes")
    void an_event_is_the_same_in_every_envelope(String envelope, Object value) {
        assertThat(theOnlyEventIn(value)).isInstanceOf(SesEvent.Delivery.class);
        assertThat(theOnlyEventIn(value).eventId()).isEqualTo(event("delivery").eventId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "", "\n\n"})
    void concatenated_events_of_firehose_are_split(String separator) {
        String value = tree("send") + separator + tree("delivery") + separator;

        assertThat(eventsIn(value)).extracting(SesEvent::type).containsExactly("Send", "Delivery");
    }

    @Test
    void a_lambda_batch_contains_several_events() {
        ObjectNode batch = lambda(sqs(sample("send")));
        batch.withArray("Records").add(sqs(sample("click")));

        assertThat(eventsIn(batch)).extracting(SesEvent::type).containsExactly("Send", "Click");
    }

    @Test
    void one_malformed_event_rejects_its_whole_record() {
        assertThat(rejectionOf(tree("send") + "\n" + tree("delivery").without("mail")))
                .isEqualTo("document 2.mail: must be an object, is missing");
    }

    @Test
    void unknown_members_and_nulls_are_tolerated() {
        ObjectNode event = tree("click");
        event.put("new", "member").withObject("/mail").putNull("commonHeaders").putNull("tags");
        event.withObject("/click").putNull("linkTags").put("new", 1);

        assertThat(theOnlyEventIn(event).eventId()).isEqualTo(event("click").eventId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Successfully validated SNS topic for Amazon SES event publishing.",
                "{\"notificationType\":\"AmazonSnsSubscriptionSucceeded\",\"message\":\"…\"}"
            })
    void test_messages_of_ses_are_ignored(String message) {
        ObjectNode envelope = tree("sns-notification-v2").put("Message", message);

        assertThat(eventsIn(envelope)).isEmpty();
    }

    @Test
    void nul_characters_are_removed() {
        ObjectNode event = tree("open");
        event.withObject("/open").put("userAgent", "a\u0000b");

        assertThat(((SesEvent.Open) theOnlyEventIn(event)).userAgent()).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|value: must not be empty",
                "' '|value: must not be empty",
                "null|value: must be an object, is null",
                "[]|value: must be an object, is array",
                "7|value: must be an object, is number",
                "{}|value: neither an SES event (no eventType) nor a known envelope",
                "hello|value: not JSON at line 1, column 1",
                "\"hello\"|value: not JSON at line 1, column 1",
                "{\"eventType\":\"Nonsense\"}|eventType: unknown event type",
                "{\"eventType\":7}|eventType: must be a string, is number",
                "{\"eventType\":\"Send\"}|mail: must be an object, is missing",
                "{\"eventType\":\"Send\",\"mail\":[]}|mail: must be an object, is array",
                "{\"Records\":[]}|Records: must not be empty",
                "{\"Records\":{}}|Records: must be an array, is object",
                "{\"Records\":[null]}|Records[0].body: must be an object, is missing",
                "{\"payload\":[]}|payload: must be an object, is array",
                "{\"detail-type\":\"Email Sent\"}|detail: must be an object, is missing",
                "{\"Type\":\"Notification\",\"TopicArn\":\"a\"}|Message: must be a string, is"
                        + " missing",
            })
    void the_reason_contains_the_path(String value, String reason) {
        assertThat(rejectionOf(value)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/mail|messageId|''|mail.messageId: must not be empty",
                "/mail|timestamp|'yesterday'|mail.timestamp: must be an ISO-8601 time with an"
                        + " offset",
                "/mail|tags|'none'|mail.tags: must be an object, is string",
                "/mail|destination|'ada@example.net'|mail.destination: must be an array, is string",
                "/bounce|bounceType|'Odd'"
                        + "|bounce.bounceType: must be one of Undetermined, Permanent, Transient",
                "/bounce|bouncedRecipients|'all'|bounce.bouncedRecipients: must be an array, is"
                        + " string",
            })
    void the_reason_contains_the_path_of_a_malformed_member(
            String object, String member, String value, String reason) {
        ObjectNode event = tree("bounce-permanent");
        event.withObject(object).put(member, value);

        assertThat(rejectionOf(event)).isEqualTo(reason);
    }

    @Test
    void the_path_includes_envelopes_and_array_indexes() {
        ObjectNode event = tree("bounce-permanent");
        event.withObject("/bounce").withArray("bouncedRecipients").addObject();

        assertThat(rejectionOf(lambda(sqs(event.toString()))))
                .isEqualTo(
                        "Records[0].body.bounce.bouncedRecipients[1].emailAddress:"
                                + " must be a string, is missing");
    }

    @Test
    void the_reason_does_not_quote_the_record() {
        assertThat(rejectionOf("{\"eventType\": secret}")).doesNotContain("secret");
        assertThat(rejectionOf("{\"eventType\":\"secret\"}")).doesNotContain("secret");
    }

    @Test
    void a_subscription_confirmation_is_rejected() {
        assertThat(rejectionOf(sample("sns-subscription-confirmation-v2")))
                .isEqualTo("Type: must be Notification");
    }

    @Test
    void too_many_nested_envelopes_are_rejected() {
        JsonNode value = tree("send");
        for (int i = 0; i < 20; i++) {
            value = connect(value);
        }
        assertThat(rejectionOf(value)).endsWith("wrapped more than 8 times");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"payload\":", "{\"eventType\":\"Send\",\"mail\":["})
    void deep_nesting_is_rejected_without_a_stack_overflow(String opening) {
        assertThat(rejectionOf(opening.repeat(200_000))).contains("nested too deeply");
    }

    @Test
    void too_large_and_missing_values_are_rejected() {
        SesEventNormaliser normaliser = new SesEventNormaliser();

        assertThat(normaliser.normalise(new byte[11 * 1024 * 1024]))
                .isEqualTo(new Rejected("value: larger than 10485760 bytes"));
        assertThat(normaliser.normalise(null)).isEqualTo(new Rejected("value: must not be empty"));
    }

    @Test
    void invalid_utf8_is_rejected() {
        assertThat(new SesEventNormaliser().normalise(new byte[] {(byte) 0xC3, 0x28, 0, 1}))
                .isInstanceOf(Rejected.class);
    }

    private static JsonNode string(String json) {
        return TextNode.valueOf(json);
    }

    private static ObjectNode connect(JsonNode payload) {
        ObjectNode value = JSON.createObjectNode();
        value.putObject("schema").put("type", "string");
        value.set("payload", payload);
        return value;
    }

    private static ObjectNode lambda(JsonNode record) {
        ObjectNode batch = JSON.createObjectNode();
        batch.putArray("Records").add(record);
        return batch;
    }

    private static ObjectNode sqs(String body) {
        return JSON.createObjectNode().put("eventSource", "aws:sqs").put("body", body);
    }
}
