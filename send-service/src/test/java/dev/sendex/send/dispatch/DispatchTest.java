package dev.sendex.send.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DispatchTest extends SendServiceTest {

    private static final double MANY = 1_000_000;

    @Inject Pool pool;
    @Inject SesCircuitBreaker breaker;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @AfterEach
    void letTheRateRecover() {
        ses.control().limits(MANY, 500);
        allowRate(500);
    }

    @Test
    void one_accounts_backlog_delays_no_other_account() {
        TestAccount busy = anAccount();
        TestAccount other = anAccount();
        allowRate(5);
        owe(10);
        List<String> backlog = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            backlog.add(send(busy, busy.email("success+%d@simulator.amazonses.com".formatted(i))));
        }
        String single = send(other, other.email("success@simulator.amazonses.com"));
        within(20).until(() -> takenBySes(single).size() == 1);
        assertThat(backlog).filteredOn(id -> !takenBySes(id).isEmpty()).hasSizeLessThan(5);
    }

    @Test
    void test_emails_wait_for_none_of_the_limits_of_ses() {
        TestAccount account = anAccount();
        owe(1_000_000);
        String live = send(account, account.email("success@simulator.amazonses.com"));
        String test =
                trySend(account.testKey(), account.email("delivered@example.net"))
                        .statusCode(200)
                        .extract()
                        .path("id");
        within(10)
                .until(() ->
                        as(account.testKey())
                                .get("/v1/emails/{id}", test)
                                .path("last_event")
                                .equals("delivered"));
        assertThat(takenBySes(live)).isEmpty();
    }

    @Test
    void while_ses_takes_nothing_one_email_at_a_time_is_tried_and_the_rest_waits() {
        TestAccount account = anAccount();
        ses.control().fail(1000, 503, "ServiceUnavailable", "try later");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(
                    send(
                            account,
                            account.email("success+%d@simulator.amazonses.com".formatted(i))));
        }
        within(10).until(breaker::isOpen);
        given().port(managementPort)
                .get("/q/health/ready")
                .then()
                .body(
                        "checks.find { it.name == 'amazon-ses' }.status", equalTo("UP"),
                        "checks.find { it.name == 'amazon-ses' }.data.taking_email",
                                equalTo(false));
        ses.control().reset();
        within(30).until(() -> ids.stream().allMatch(id -> takenBySes(id).size() == 1));
        assertThat(breaker.isOpen()).isFalse();
        long tries =
                pool.preparedQuery("select 1 from dispatch where account_id = $1 and attempts > 2")
                        .executeAndAwait(Tuple.of(account.id()))
                        .size();
        assertThat(tries).isZero();
    }

    /// What SES was last asked for is asked again soon; until then, and with it, this rate holds.
    private void allowRate(double recipientsPerSecond) {
        ses.control().limits(MANY, recipientsPerSecond);
        pool.preparedQuery(
                        "update send_rate set recipients_per_second = $1, available = 0, refilled_at = now()")
                .executeAndAwait(Tuple.of(recipientsPerSecond));
    }

    /// So many recipients must be made up for before the next email goes.
    private void owe(double recipients) {
        pool.preparedQuery("update send_rate set available = - $1::float8, refilled_at = now()")
                .executeAndAwait(Tuple.of(recipients));
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
        within(60).until(() -> ids.stream().allMatch(id -> takenBySes(id).size() == 1));
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
        assertThat(queued(id)).isZero();
        assertThat(takenBySes(id)).hasSize(1);
    }

    @Test
    void the_grace_period_does_not_run_while_events_are_not_applied() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> takenBySes(id).size() == 1);

        SqlConnection blocker = pool.getConnectionAndAwait();
        try {
            blocker.query("begin").executeAndAwait();
            blocker.query("lock table email_event in exclusive mode").executeAndAwait();
            KafkaClient.publish("ses.events", eventsAbout(id).getFirst());
            within(30).until(() -> leaseEnded(id, Duration.ofSeconds(6)));
            assertThat(queued(id)).isOne();
            assertThat(takenBySes(id)).hasSize(1);
        } finally {
            blocker.query("rollback").executeAndAwait();
            blocker.closeAndAwait();
        }

        within(10).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(queued(id)).isZero();
        assertThat(takenBySes(id)).hasSize(1);
    }

    private int queued(String emailId) {
        return pool.preparedQuery("select 1 from dispatch where email_id = $1")
                .executeAndAwait(Tuple.of(UUID.fromString(emailId)))
                .size();
    }

    /// Whether its lease ended so long ago, or it is not leased any more.
    private boolean leaseEnded(String emailId, Duration ago) {
        return pool.preparedQuery(
                                "select 1 from dispatch where email_id = $1 and leased_until > now() - $2 * interval '1 second'")
                        .executeAndAwait(Tuple.of(UUID.fromString(emailId), ago.toSeconds()))
                        .size()
                == 0;
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
