package dev.sendex.common.ses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.sandbox.SesSandbox;
import dev.sendex.sandbox.SesSandboxOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tests the normaliser against the sandbox, which was written from Amazon's documentation.
class SandboxEventsTest {

    private final UUID emailId = UUID.randomUUID();
    private static SesSandbox sandbox;

    @BeforeAll
    static void start() throws Exception {
        sandbox = SesSandbox.start(SesSandboxOptions.defaults());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "success, email.sent email.delivered",
        "bounce, email.sent email.bounced",
        "suppressionlist, email.sent email.suppressed",
        "complaint, email.sent email.delivered email.complained",
        "ooto, email.sent email.delivered email.bounced",
    })
    void the_events_of_an_email_have_the_expected_webhook_types(String recipient, String types)
            throws Exception {
        call(Map.of("Action", "VerifyDomainDkim", "Domain", "acme.test"));
        send(recipient + "@simulator.amazonses.com");

        List<SesEvent> events =
                sandbox.events().stream()
                        .map(Samples::theOnlyEventIn)
                        .filter(event -> emailId.equals(event.mail().emailId()))
                        .toList();

        assertThat(events)
                .extracting(event -> event.webhookType().value())
                .containsExactly(types.split(" "));
        assertThat(events).extracting(SesEvent::eventId).doesNotHaveDuplicates();
    }

    private void send(String recipient) throws Exception {
        String email = "From: a@acme.test\r\nSubject: Hi\r\n\r\nHello";
        call(
                Map.of(
                        "Action",
                        "SendRawEmail",
                        "Destinations.member.1",
                        recipient,
                        "ConfigurationSetName",
                        "sendex",
                        "Tags.member.1.Name",
                        SesMail.EMAIL_ID_TAG,
                        "Tags.member.1.Value",
                        emailId.toString(),
                        "RawMessage.Data",
                        Base64.getEncoder().encodeToString(email.getBytes(UTF_8))));
    }

    private void call(Map<String, String> parameters) throws Exception {
        String form =
                parameters.entrySet().stream()
                        .map(parameter ->
                                parameter.getKey()
                                        + "="
                                        + URLEncoder.encode(parameter.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(sandbox.url()))
                            .header("Authorization", "AWS4-HMAC-SHA256 unchecked")
                            .POST(HttpRequest.BodyPublishers.ofString(form))
                            .build();
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }
}
