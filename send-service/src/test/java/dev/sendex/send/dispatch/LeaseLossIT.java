package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.Instance;
import dev.sendex.send.Instances;
import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two instances, of which one gets the answer of SES so late that its lease has ended and the
/// other may have claimed the email. Each sends one email at a time, so while one has an email in
/// flight the other sends the rest.
class LeaseLossIT extends SendServiceTest {

    private static Instances instances;
    private static QueueTable queue;

    LeaseLossIT() {
        ses = instances.ses();
        authority = instances.authority();
    }

    @BeforeAll
    static void start() throws IOException {
        instances =
                new Instances(
                        Map.of(
                                "sendex.dispatch.concurrency", "1",
                                "sendex.dispatch.lease", "10m",
                                "sendex.dispatch.grace", "1s",
                                "sendex.ses.send-timeout", "60s"));
        queue = QueueTable.of(instances);
        Instance one = instances.start(Map.of());
        Instance other = instances.start(Map.of());
        one.use();
        other.use();
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @BeforeEach
    void raiseLimits() {
        ses.control().limits(1_000_000, 500);
    }

    @ParameterizedTest
    @CsvSource({"503,ServiceUnavailable", "400,Throttling", "400,MessageRejected"})
    void a_late_failure_does_not_affect_the_claim_of_another_instance(int status, String code) {
        TestAccount account = anAccount();
        ses.control().holdAnswers(2);
        ses.control().fail(1, status, code, "not this time");
        String id = send(account);
        within(60).until(() -> ses.control().heldAnswers() == 1);
        queue.endLeases(account.id());
        within(60).until(() -> ses.control().heldAnswers() == 2);
        String claim = queue.claim(id);

        ses.control().releaseAnswer();
        String next = send(account);
        within(60).until(() -> lastEvent(account, next).equals("sent"));

        assertThat(claim).isNotNull();
        assertThat(queue.claim(id)).isEqualTo(claim);
        assertThat(lastEvent(account, id)).isEqualTo("queued");
        ses.control().releaseAnswer();
        within(60).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(queue.contains(id)).isFalse();
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void an_email_that_ses_accepted_late_is_sent_even_if_another_instances_attempt_is_rejected() {
        TestAccount account = anAccount();
        ses.control().holdAnswers(2);
        String id = send(account);
        within(60).until(() -> ses.control().heldAnswers() == 1);
        ses.control().fail(1, 400, "MessageRejected", "not this time");
        queue.endLeases(account.id());
        within(60).until(() -> ses.control().heldAnswers() == 2);

        ses.control().releaseAnswer();
        within(60).until(() -> lastEvent(account, id).equals("sent"));
        ses.control().releaseAnswer();
        awaitAllInFlight(account);

        assertThat(lastEvent(account, id)).isEqualTo("sent");
        assertThat(timeline(account, id)).isEmpty();
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void an_email_whose_event_arrives_before_the_answer_is_sent_once_and_keeps_its_status() {
        TestAccount account = anAccount();
        ses.control().holdAnswers(1);
        String id = send(account);
        within(60).until(() -> ses.control().heldAnswers() == 1);
        eventsAbout(id).forEach(event -> KafkaClient.publish("ses.events", event));
        within(60).until(() -> lastEvent(account, id).equals("delivered"));
        assertThat(queue.contains(id)).isFalse();

        ses.control().releaseAnswer();
        awaitAllInFlight(account);

        assertThat(lastEvent(account, id)).isEqualTo("delivered");
        assertThat(timeline(account, id))
                .containsExactlyInAnyOrder("email.sent", "email.delivered");
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    private static String send(TestAccount account) {
        return send(account, account.email("success@simulator.amazonses.com"));
    }

    /// Waits until both instances have completed their earlier sends, by having both send another
    /// email at the same time.
    private void awaitAllInFlight(TestAccount account) {
        ses.control().holdAnswers(2);
        List<String> ids = Stream.generate(() -> send(account)).limit(2).toList();
        within(60).until(() -> ses.control().heldAnswers() == 2);
        ses.control().releaseAnswer();
        ses.control().releaseAnswer();
        within(60).until(() -> ids.stream().allMatch(id -> lastEvent(account, id).equals("sent")));
    }

    private static List<String> timeline(TestAccount account, String id) {
        return as(account.key())
                .get("/v1/emails/{id}/events", id)
                .then()
                .statusCode(200)
                .extract()
                .path("data.type");
    }
}
