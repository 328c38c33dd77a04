package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.email;
import static dev.sendex.sandbox.Sender.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageRejectedException;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;
import software.amazon.awssdk.services.ses.model.SesException;

/// Sending with the unmodified AWS SDK: what is accepted, how it is stored, and how the rest is
/// rejected.
class SendingTest {

    private static SesSandbox sandbox;
    private static SesClient ses;

    @BeforeAll
    static void start() throws Exception {
        sandbox = SesSandbox.start(SesSandboxOptions.defaults());
        ses = Sender.client(sandbox);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
    }

    @BeforeEach
    void forget() {
        sandbox.clear();
        sandbox.control().reset();
    }

    @AfterAll
    static void stop() {
        ses.close();
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bounce\"@example.net",
                "\"<bounce@example.net>\"@z.example",
                "a b@example.net",
                "a..b@example.net",
                "a(b)@example.net"
            })
    void an_address_that_ses_rejects_is_refused(String address) {
        assertThat(catchThrowableOfType(SesException.class, () -> send(ses, address)))
                .extracting(refused -> refused.awsErrorDetails().errorCode())
                .isEqualTo("InvalidParameterValue");
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void an_accepted_email_is_stored_with_its_envelope_and_tags() {
        String id = send(ses, "ada@example.net", "Bob <bob@example.net>");

        SandboxMessage message = sandbox.messages().getFirst();
        assertThat(message.id()).isEqualTo(id).matches("[0-9a-f]{16}-[0-9a-f-]{36}-000000");
        assertThat(message.from()).isEqualTo("no-reply@acme.test");
        assertThat(message.to()).containsExactly("ada@example.net", "bob@example.net");
        assertThat(message.tags()).containsEntry("sendex_email_id", "0195f3c2");
        assertThat(message.configurationSet()).isEqualTo("sendex");
        assertThat(message.header("Subject")).isEqualTo("Café is ready");
        assertThat(message.raw()).contains("<p>Caf=C3=A9<script>");
    }

    @Test
    void the_message_id_and_date_are_set_and_the_headers_for_ses_are_removed() {
        String id = send(ses, "ada@example.net");

        SandboxMessage message = sandbox.messages().getFirst();
        assertThat(message.header("Message-ID")).isEqualTo("<" + id + "@eu-west-1.amazonses.com>");
        assertThat(message.header("Date")).doesNotContain("1970");
        assertThat(message.raw()).doesNotContainIgnoringCase("X-SES-").doesNotContain("mine@");
    }

    @Test
    void recipients_come_from_the_headers_if_the_call_has_none() {
        ses.sendRawEmail(
                raw("From: a@acme.test\r\nTo: \"Lace, A\" <ada@x.test>, bob@x.test\r\nCc: c@x.test")
                        .build());

        assertThat(sandbox.messages().getFirst().to())
                .containsExactly("ada@x.test", "bob@x.test", "c@x.test");
    }

    @Test
    void other_headers_may_occur_twice() {
        ses.sendRawEmail(
                raw("From: a@acme.test\r\nTo: b@x.test\r\nX-Note: a\r\nx-note: b").build());

        assertThat(sandbox.messages().getFirst().raw()).contains("X-Note: a\r\nx-note: b\r\n");
    }

    @Test
    void the_headers_for_ses_apply_if_the_call_has_no_parameters() {
        ses.sendRawEmail(
                raw("""
                From: a@acme.test\r
                To: b@x.test\r
                X-SES-CONFIGURATION-SET: mine\r
                X-SES-MESSAGE-TAGS: kind=welcome, shop=1\
                """)
                        .build());

        SandboxMessage message = sandbox.messages().getFirst();
        assertThat(message.configurationSet()).isEqualTo("mine");
        assertThat(message.tags()).containsEntry("kind", "welcome").containsEntry("shop", "1");
    }

    @Test
    void send_email_composes_the_email() {
        ses.sendEmail(email ->
                email.source("Acme <no-reply@acme.test>")
                        .destination(
                                to -> to.toAddresses("ada@x.test").bccAddresses("secret@x.test"))
                        .message(message ->
                                message.subject(subject -> subject.data("Grüße"))
                                        .body(body ->
                                                body.text(t -> t.data("Tag"))
                                                        .html(h -> h.data("<b>ä</b>")))));

        SandboxMessage message = sandbox.messages().getFirst();
        assertThat(message.to()).containsExactly("ada@x.test", "secret@x.test");
        assertThat(message.header("Subject")).isEqualTo("Grüße");
        assertThat(message.raw()).doesNotContain("secret@x.test");
        assertThat(MailBody.of(message.raw()).html().strip()).isEqualTo("<b>ä</b>");
        assertThat(MailBody.of(message.raw()).text().strip()).isEqualTo("Tag");
    }

    @Test
    void a_verified_domain_covers_its_subdomains() {
        ses.sendRawEmail(raw("From: a@mail.acme.test\r\nTo: b@x.test").build());

        assertThat(sandbox.messages()).hasSize(1);
    }

    @Test
    void an_unverified_sender_is_rejected_with_the_error_of_ses() {
        SendRawEmailRequest request = raw("From: Eve <eve@other.test>\r\nTo: b@x.test").build();

        MessageRejectedException rejected =
                catchThrowableOfType(
                        MessageRejectedException.class, () -> ses.sendRawEmail(request));

        assertThat(rejected.statusCode()).isEqualTo(400);
        assertThat(rejected.requestId()).isNotBlank();
        assertThat(rejected.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "Email address is not verified. The following identities failed the check"
                                + " in region EU-WEST-1: Eve <eve@other.test>");
        assertThat(sandbox.messages()).isEmpty();
    }

    @Test
    void the_source_of_the_call_must_be_verified_as_well() {
        SesException refused = refusal(email("b@x.test").source("eve@other.test"));

        assertThat(refused.awsErrorDetails().errorMessage()).endsWith(": eve@other.test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "To: b@x.test|Missing required header 'From'.",
                "From: a@acme.test\\nFrom: b@acme.test|Duplicate header 'From'.",
                "From: a@acme.test\\nTo: b@x.test\\nList-Unsubscribe: <a>\\nlist-unsubscribe: <b>"
                        + "|Duplicate header 'list-unsubscribe'.",
                "From: a@acme.test\\nTo: b@x.test\\nSubject: a\\nSUBJECT: b|Duplicate header"
                        + " 'SUBJECT'.",
                "From: a@acme.test\\nTo: b@x_y.test|Domain contains illegal character",
                "From: a@acme.test\\nTo: b@x..test|Domain contains an empty label",
                "From: a@acme.test|Missing required header 'To'.",
                "From: a@acme.test\\nTo: nobody|Missing final '@domain'",
                "From: a@acme.test\\nTo: jö@x.test|Local address contains control or whitespace",
                "From: a@acme.test\\nTo: b@x.test\\nX-SES-MESSAGE-TAGS: a b=c|Invalid tag name <a"
                        + " b>: only alphanumeric ASCII characters, '_', and '-' are allowed.",
            })
    void what_ses_rejects_is_an_invalid_parameter(String headers, String text) {
        SesException refused = refusal(raw(headers.replace("\\n", "\r\n")));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
        assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(text);
    }

    @Test
    void a_bad_tag_value_is_refused() {
        SesException refused =
                refusal(email("b@x.test").tags(MessageTag.builder().name("a").value("ö").build()));

        assertThat(refused.awsErrorDetails().errorMessage()).startsWith("Invalid tag value <ö>");
    }

    @Test
    void fifty_recipients_are_accepted_and_fifty_one_are_not() {
        assertThat(ses.sendRawEmail(email(recipients(50)).build()).messageId()).isNotBlank();
        assertThat(refusal(email(recipients(51))).awsErrorDetails().errorMessage())
                .isEqualTo("Recipient count exceeds 50.");
    }

    @Test
    void ten_megabytes_are_accepted_and_one_byte_more_is_not() {
        String headers = "From: a@acme.test\r\nTo: b@x.test\r\n\r\n";
        int most = 10 * 1024 * 1024;

        assertThat(
                        ses.sendRawEmail(
                                        exactly(headers + "x".repeat(most - headers.length()))
                                                .build())
                                .messageId())
                .isNotBlank();
        assertThat(
                        refusal(exactly(headers + "x".repeat(most + 1 - headers.length())))
                                .awsErrorDetails()
                                .errorMessage())
                .isEqualTo("Message length is more than 10485760 bytes long: '10485761'.");
    }

    @Test
    void the_rate_is_enforced_in_recipients_with_the_error_that_sdks_know_as_throttling() {
        sandbox.control().limits(1000, 2);
        String[] simulated = {
            "success+1@simulator.amazonses.com", "success@simulator.amazonses.com"
        };
        send(ses, simulated);

        SesException refused = refusal(email(simulated));

        assertThat(refused.isThrottlingException()).isTrue();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("Throttling");
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Maximum sending rate exceeded.");
    }

    @Test
    void the_quota_is_enforced_and_returned() {
        double sent = ses.getSendQuota().sentLast24Hours();
        sandbox.control().limits(sent + 1, 100);
        send(ses, "ada@example.net", "success@simulator.amazonses.com");

        SesException refused = refusal(email("ada@example.net"));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("Throttling");
        assertThat(refused.awsErrorDetails().errorMessage())
                .isEqualTo("Daily message quota exceeded.");
        assertThat(ses.getSendQuota().sentLast24Hours()).isEqualTo(sent + 1);
        assertThat(ses.getSendQuota().max24HourSend()).isEqualTo(sent + 1);
        assertThat(ses.getSendQuota().maxSendRate()).isEqualTo(100);
    }

    @Test
    void an_unknown_action_is_answered_with_an_error() {
        SesException refused =
                catchThrowableOfType(SesException.class, () -> ses.listReceiptFilters());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("InvalidAction");
    }

    private static SesException refusal(SendRawEmailRequest.Builder request) {
        SesException refusal =
                catchThrowableOfType(SesException.class, () -> ses.sendRawEmail(request.build()));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static SendRawEmailRequest.Builder raw(String email) {
        return exactly(email + "\r\n\r\nHello");
    }

    private static SendRawEmailRequest.Builder exactly(String email) {
        return SendRawEmailRequest.builder()
                .rawMessage(raw -> raw.data(SdkBytes.fromUtf8String(email)));
    }

    private static String[] recipients(int count) {
        List<String> recipients =
                IntStream.range(0, count).mapToObj(i -> "r%d@example.net".formatted(i)).toList();
        return recipients.toArray(String[]::new);
    }
}
