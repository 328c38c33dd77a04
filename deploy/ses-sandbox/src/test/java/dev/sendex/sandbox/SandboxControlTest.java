package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;

/// The injected faults, as seen by the SDK and by the subscriber.
class SandboxControlTest {

    private static Ingest ingest;
    private static SesSandbox sandbox;
    private static SesClient ses;

    @BeforeAll
    static void start() throws Exception {
        ingest = Ingest.start();
        sandbox = SesSandbox.start(SesSandboxOptions.defaults().withIngest(ingest.uri()));
        ses = Sender.client(sandbox);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
    }

    @BeforeEach
    void reset() {
        sandbox.control().reset();
        sandbox.clear();
        ingest.notifications().clear();
    }

    @AfterAll
    static void stop() {
        ses.close();
        sandbox.close();
        ingest.close();
    }

    @Test
    void with_a_dropped_answer_the_email_is_accepted_but_the_sender_gets_none() {
        sandbox.control().dropAnswers(1);

        assertThatThrownBy(() -> send(ses, "ada@example.net"))
                .isInstanceOf(SdkClientException.class);

        assertThat(sandbox.messages()).hasSize(1);
        await().until(() -> ingest.notifications().size() == 2);
        assertThat(send(ses, "ada@example.net")).isNotBlank();
        await().until(() -> ingest.notifications().size() == 4);
    }

    @Test
    void a_failure_is_answered_the_given_number_of_times_and_nothing_is_sent() {
        sandbox.control().fail(2, 503, "ServiceUnavailable", "Try later.");

        for (int i = 0; i < 2; i++) {
            SesException failure =
                    catchThrowableOfType(SesException.class, () -> send(ses, "ada@example.net"));
            assertThat(failure.statusCode()).isEqualTo(503);
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
            assertThat(failure.awsErrorDetails().errorMessage()).isEqualTo("Try later.");
        }
        assertThat(sandbox.messages()).isEmpty();
        assertThat(send(ses, "ada@example.net")).isNotBlank();
        await().until(() -> ingest.notifications().size() == 2);
    }

    @Test
    void a_delayed_answer_arrives_after_the_email_was_accepted() {
        sandbox.control().delay(Duration.ofMillis(300));
        long start = System.nanoTime();

        send(ses, "ada@example.net");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(300));
        await().until(() -> ingest.notifications().size() == 2);
    }

    @Test
    void held_answers_are_released_in_their_order_whether_or_not_the_email_was_accepted() {
        sandbox.control().holdAnswers(2);
        sandbox.control().fail(1, 503, "ServiceUnavailable", "Try later.");
        CompletableFuture<String> refused = sendLater("ada@example.net");
        await().until(() -> sandbox.control().heldAnswers() == 1);
        CompletableFuture<String> accepted = sendLater("bob@example.net");
        await().until(() -> sandbox.control().heldAnswers() == 2);
        assertThat(sandbox.messages()).hasSize(1);
        assertThat(send(ses, "cy@example.net")).isNotBlank();

        sandbox.control().releaseAnswer();
        await().until(refused::isCompletedExceptionally);
        assertThat(accepted).isNotDone();

        sandbox.control().reset();
        await().until(accepted::isDone);
        assertThat(accepted).isCompleted();
        await().until(() -> ingest.notifications().size() == 4);
    }

    @Test
    void duplicate_events_are_the_same_event_in_another_notification() {
        sandbox.control().duplicateEvents(true);

        send(ses, "ada@example.net");

        await().until(() -> ingest.notifications().size() == 4);
        assertThat(ingest.eventTypes()).containsExactly("Send", "Send", "Delivery", "Delivery");
        assertThat(ingest.notifications().get(0).event())
                .isEqualTo(ingest.notifications().get(1).event());
        assertThat(ingest.notifications())
                .extracting(received -> received.message().path("MessageId").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void reordered_events_arrive_in_reverse_order() {
        sandbox.control().reorderEvents(true);

        send(ses, "complaint@simulator.amazonses.com");

        await().until(() -> ingest.notifications().size() == 3);
        assertThat(ingest.eventTypes()).containsExactly("Complaint", "Delivery", "Send");
    }

    @Test
    void held_events_arrive_when_they_are_released() {
        sandbox.control().holdEvents(true);
        send(ses, "ada@example.net");
        send(ses, "bob@example.net");

        await().during(Duration.ofMillis(300)).until(() -> ingest.notifications().isEmpty());
        sandbox.control().holdEvents(false);

        await().until(() -> ingest.notifications().size() == 4);
    }

    @Test
    void the_switches_work_over_http_and_absent_ones_stay_unchanged() {
        HttpResponse<String> changed =
                put(
                        """
                        {"max_send_rate": 7.5, "drop_answers": 3, "verification": "pending",
                         "fail": {"times": 2, "status": 500}}\
                        """);

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(put("{\"reorder_events\": true}").body())
                .contains(
                        "\"max_send_rate\" : 7.5",
                        "\"drop_answers\" : 3",
                        "\"fail_times\" : 2",
                        "\"verification\" : \"pending\"",
                        "\"reorder_events\" : true",
                        "\"hold_events\" : false");
        assertThat(put("{\"reset\": true}").body()).contains("\"drop_answers\" : 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|the body is not JSON",
                "[]|the body must be a JSON object of switches",
                "{\"dealy\": 1}|unknown switch dealy",
                "{\"delay_millis\": \"soon\"}|delay_millis must be a whole number, not below 0",
                "{\"drop_answers\": -1}|drop_answers must be a whole number, not below 0",
                "{\"hold_events\": 1}|hold_events must be true or false",
                "{\"verification\": \"maybe\"}|verification is one of success, pending, failed",
                "{\"max_send_rate\": 0}|max_send_rate must be a number above 0",
                "{\"fail\": 3}|fail.times must be a whole number, not below 0",
                "{\"signature_version\": 3}|SNS signs with version 1 or 2",
            })
    void an_invalid_switch_is_reported(String json, String sentence) {
        HttpResponse<String> refused = put(json);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo(sentence);
    }

    private static CompletableFuture<String> sendLater(String to) {
        return CompletableFuture.supplyAsync(() -> send(ses, to), Thread::startVirtualThread);
    }

    private static HttpResponse<String> put(String json) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(sandbox.url() + "/control"))
                            .PUT(HttpRequest.BodyPublishers.ofString(json))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
