package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DispatchTest extends SendServiceTest {

    private static final double MANY = 1_000_000;

    @Inject Pool pool;

    @AfterEach
    void letTheRateRecover() {
        ses.control().limits(MANY, 500);
    }

    @Test
    void throttling_slows_down_and_loses_nothing() {
        TestAccount account = anAccount();
        ses.control().limits(MANY, 5);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(
                    send(
                            account,
                            account.email("success+%d@simulator.amazonses.com".formatted(i))));
        }
        Instant accepted = Instant.now();
        within(60).until(() -> ids.stream().allMatch(id -> takenBySes(id).size() == 1));
        assertThat(Duration.between(accepted, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
        within(10).until(() -> ids.stream().allMatch(id -> lastEvent(account, id).equals("sent")));
    }

    @Test
    void a_refusal_by_throttling_is_not_a_failed_try() {
        TestAccount account = anAccount();
        ses.control().fail(8, 400, "Throttling", "Maximum sending rate exceeded.");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(takenBySes(id)).hasSize(1);
    }

    @Test
    void a_passing_failure_is_retried() {
        TestAccount account = anAccount();
        ses.control().fail(2, 503, "ServiceUnavailable", "try later");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(takenBySes(id)).hasSize(1);
    }

    @Test
    void an_outage_of_ses_that_lasts_longer_than_a_few_tries_loses_no_email() {
        TestAccount account = anAccount();
        ses.control().fail(6, 503, "ServiceUnavailable", "try later");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(30).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(takenBySes(id)).hasSize(1);
    }

    @Test
    void an_email_that_ses_did_not_take_for_days_ends_as_failed_and_is_told() {
        TestAccount account = anAccount();
        try (KafkaClient kafka = KafkaClient.following("sendex.events")) {
            ses.control().fail(1000, 503, "ServiceUnavailable", "try later");
            String id = send(account, account.email("success@simulator.amazonses.com"));
            pool.preparedQuery(
                            "update email set created_at = created_at - interval '73 hours' where id = $1")
                    .executeAndAwait(Tuple.of(UUID.fromString(id)));
            within(20).until(() -> lastEvent(account, id).equals("failed"));
            assertThat(takenBySes(id)).isEmpty();
            within(10).until(() -> kafka.values().anyMatch(told("email.failed", account, id)));
        }
    }

    @Test
    void a_reply_address_that_todays_rules_refuse_fails_its_email() {
        TestAccount account = anAccount();
        ses.control().fail(1000, 503, "ServiceUnavailable", "try later");
        try (KafkaClient kafka = KafkaClient.following("sendex.events")) {
            String id = send(account, account.email("success@simulator.amazonses.com"));
            pool.preparedQuery("update email set reply_to = $2 where id = $1")
                    .executeAndAwait(
                            Tuple.of(
                                    UUID.fromString(id),
                                    new String[] {"\"<a@b.example>\"@c.example"}));
            within(10).until(() -> lastEvent(account, id).equals("failed"));
            assertThat(takenBySes(id)).isEmpty();
            as(account.key())
                    .get("/v1/emails/{id}", id)
                    .then()
                    .body("status_reason", startsWith("`reply_to` "));
            within(10).until(() -> kafka.values().anyMatch(told("email.failed", account, id)));
        }
    }

    @Test
    void an_email_that_ses_rejects_fails_at_once() {
        TestAccount account = anAccount();
        ses.control().fail(1, 400, "MessageRejected", "Email address is not verified.");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> lastEvent(account, id).equals("failed"));
        assertThat(takenBySes(id)).isEmpty();
        String reason =
                as(account.key()).get("/v1/emails/{id}", id).then().extract().path("status_reason");
        assertThat(reason).contains("not verified");
    }

    @Test
    void a_lost_answer_is_no_second_send_when_the_event_comes() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> takenBySes(id).size() == 1);
        assertThat(lastEvent(account, id)).isEqualTo("queued");

        KafkaClient.publish("ses.events", eventsAbout(id).getFirst());

        within(10).until(() -> lastEvent(account, id).equals("sent"));
        // Longer than the grace period and the poll after it.
        Instant enough = Instant.now().plusSeconds(5);
        within(10).until(() -> Instant.now().isAfter(enough));
        assertThat(takenBySes(id)).hasSize(1);
    }

    @Test
    void a_lost_answer_is_a_second_send_when_no_event_comes_in_the_grace_period() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        Instant before = Instant.now();
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(takenBySes(id)).hasSize(2);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void a_suppressed_recipient_is_left_out_and_without_any_other_nothing_is_sent() {
        TestAccount account = anAccount();
        String first = send(account, account.email("bounce@simulator.amazonses.com"));
        within(10).until(() -> takenBySes(first).size() == 1);
        eventsAbout(first).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> lastEvent(account, first).equals("bounced"));

        try (KafkaClient kafka = KafkaClient.following("sendex.events")) {
            String none = send(account, account.email("Bounce@simulator.amazonses.com"));
            within(10).until(() -> lastEvent(account, none).equals("suppressed"));
            assertThat(takenBySes(none)).isEmpty();
            within(10)
                    .until(() -> kafka.values().anyMatch(told("email.suppressed", account, none)));
        }

        Map<String, Object> email = account.email("bounce@simulator.amazonses.com");
        email.put("cc", "success@simulator.amazonses.com");
        String some = send(account, email);
        within(10).until(() -> takenBySes(some).size() == 1);
        assertThat(takenBySes(some).getFirst().to())
                .containsExactly("success@simulator.amazonses.com");
    }

    @Test
    void mail_of_test_keys_never_reaches_ses_and_gets_the_events_it_asks_for() {
        TestAccount account = anAccount();
        String key = account.testKey();
        for (Map.Entry<String, String> asked :
                Map.of(
                                "delivered", "delivered",
                                "bounced+label", "bounced",
                                "complained", "complained",
                                "delayed", "delivered",
                                "opened", "opened",
                                "clicked", "clicked",
                                "rejected", "failed",
                                "suppressed", "suppressed")
                        .entrySet()) {
            String id =
                    trySend(key, account.email(asked.getKey() + "@example.net"))
                            .statusCode(200)
                            .extract()
                            .path("id");
            within(10)
                    .until(() ->
                            asked.getValue()
                                    .equals(as(key).get("/v1/emails/{id}", id).path("last_event")));
            assertThat(takenBySes(id)).isEmpty();
            as(account.key()).get("/v1/emails/{id}", id).then().statusCode(404);
        }
        List<String> suppressed =
                as(account.key()).get("/v1/suppressions").then().extract().path("data.email");
        assertThat(suppressed).isEmpty();
    }
}
