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
    @Inject SendTokens tokens;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    /// Also waits for emails that the rate held back, so that they are not sent during the next
    /// test.
    @AfterEach
    void resetRate() {
        ses.control().limits(MANY, 500);
        allowRate(500);
        within(30)
                .until(() ->
                        pool.query(
                                                "select from dispatch where state = 'waiting' and due_at <= now()")
                                        .executeAndAwait()
                                        .size()
                                == 0);
    }

    @Test
    void one_accounts_backlog_does_not_delay_other_accounts() {
        TestAccount busy = anAccount();
        TestAccount other = anAccount();
        allowRate(5);
        consumeTokens(10);
        List<String> backlog = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            backlog.add(send(busy, busy.email("success+%d@simulator.amazonses.com".formatted(i))));
        }
        String single = send(other, other.email("success@simulator.amazonses.com"));
        within(20).until(() -> acceptedBySes(single).size() == 1);
        assertThat(backlog).filteredOn(id -> !acceptedBySes(id).isEmpty()).hasSizeLessThan(5);
    }

    @Test
    void the_limits_of_ses_do_not_delay_test_emails() {
        TestAccount account = anAccount();
        consumeTokens(1_000_000);
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
        assertThat(acceptedBySes(live)).isEmpty();
    }

    @Test
    void during_an_outage_of_ses_one_email_at_a_time_is_sent_as_a_probe() {
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
        within(30).until(() -> ids.stream().allMatch(id -> acceptedBySes(id).size() == 1));
        assertThat(breaker.isOpen()).isFalse();
        within(10)
                .until(() ->
                        pool.preparedQuery("select from dispatch where account_id = $1")
                                        .executeAndAwait(Tuple.of(account.id()))
                                        .size()
                                == 0);
    }

    /// Sets the rate both in SES and in the database, so that it applies before the next refresh
    /// and after it.
    private void allowRate(double recipientsPerSecond) {
        ses.control().limits(MANY, recipientsPerSecond);
        pool.preparedQuery(
                        "update send_rate set recipients_per_second = $1, available = 0, refilled_at = now()")
                .executeAndAwait(Tuple.of(recipientsPerSecond));
    }

    /// Makes the token bucket's balance negative by this many recipients, with no tokens in hand.
    private void consumeTokens(double recipients) {
        tokens.drop();
        pool.preparedQuery("update send_rate set available = - $1::float8, refilled_at = now()")
                .executeAndAwait(Tuple.of(recipients));
    }

    @Test
    void throttling_delays_emails_but_loses_none() {
        TestAccount account = anAccount();
        ses.control().limits(MANY, 5);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(
                    send(
                            account,
                            account.email("success+%d@simulator.amazonses.com".formatted(i))));
        }
        within(60).until(() -> ids.stream().allMatch(id -> acceptedBySes(id).size() == 1));
        within(10).until(() -> ids.stream().allMatch(id -> lastEvent(account, id).equals("sent")));
    }

    @Test
    void throttling_does_not_count_as_a_failed_attempt() {
        TestAccount account = anAccount();
        ses.control().fail(8, 400, "Throttling", "Maximum sending rate exceeded.");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void a_temporary_failure_is_retried() {
        TestAccount account = anAccount();
        ses.control().fail(2, 503, "ServiceUnavailable", "try later");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void an_outage_of_ses_that_outlasts_many_attempts_loses_no_email() {
        TestAccount account = anAccount();
        ses.control().fail(6, 503, "ServiceUnavailable", "try later");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(30).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void an_email_that_ses_did_not_accept_for_days_fails_and_publishes_an_event() {
        TestAccount account = anAccount();
        try (KafkaClient kafka = KafkaClient.following("sendex.events")) {
            ses.control().fail(1000, 503, "ServiceUnavailable", "try later");
            String id = send(account, account.email("success@simulator.amazonses.com"));
            pool.preparedQuery(
                            "update email set created_at = created_at - interval '73 hours' where id = $1")
                    .executeAndAwait(Tuple.of(UUID.fromString(id)));
            within(20).until(() -> lastEvent(account, id).equals("failed"));
            assertThat(acceptedBySes(id)).isEmpty();
            within(10)
                    .until(() -> kafka.values().anyMatch(domainEvent("email.failed", account, id)));
        }
    }

    @Test
    void an_email_with_a_reply_address_that_is_no_longer_valid_fails() {
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
            assertThat(acceptedBySes(id)).isEmpty();
            as(account.key())
                    .get("/v1/emails/{id}", id)
                    .then()
                    .body("status_reason", startsWith("`reply_to` "));
            within(10)
                    .until(() -> kafka.values().anyMatch(domainEvent("email.failed", account, id)));
        }
    }

    @Test
    void an_email_that_ses_rejects_fails_at_once() {
        TestAccount account = anAccount();
        ses.control().fail(1, 400, "MessageRejected", "Email address is not verified.");
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> lastEvent(account, id).equals("failed"));
        assertThat(acceptedBySes(id)).isEmpty();
        String reason =
                as(account.key()).get("/v1/emails/{id}", id).then().extract().path("status_reason");
        assertThat(reason).contains("not verified");
    }

    @Test
    void an_email_whose_answer_was_lost_is_not_sent_again_if_its_event_arrives() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> acceptedBySes(id).size() == 1);
        assertThat(lastEvent(account, id)).isEqualTo("queued");

        KafkaClient.publish("ses.events", eventsAbout(id).getFirst());

        within(10).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(queued(id)).isZero();
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    @Test
    void the_grace_period_does_not_elapse_while_events_are_not_applied() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(10).until(() -> acceptedBySes(id).size() == 1);

        SqlConnection blocker = pool.getConnectionAndAwait();
        try {
            blocker.query("begin").executeAndAwait();
            blocker.query("lock table email_event in exclusive mode").executeAndAwait();
            KafkaClient.publish("ses.events", eventsAbout(id).getFirst());
            within(30).until(() -> leaseEnded(id, Duration.ofSeconds(6)));
            assertThat(queued(id)).isOne();
            assertThat(acceptedBySes(id)).hasSize(1);
        } finally {
            blocker.query("rollback").executeAndAwait();
            blocker.closeAndAwait();
        }

        within(10).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(queued(id)).isZero();
        assertThat(acceptedBySes(id)).hasSize(1);
    }

    private int queued(String emailId) {
        return pool.preparedQuery("select 1 from dispatch where email_id = $1")
                .executeAndAwait(Tuple.of(UUID.fromString(emailId)))
                .size();
    }

    /// Whether its lease expired this long ago, or it is no longer leased.
    private boolean leaseEnded(String emailId, Duration ago) {
        return pool.preparedQuery(
                                "select 1 from dispatch where email_id = $1 and leased_until > now() - $2 * interval '1 second'")
                        .executeAndAwait(Tuple.of(UUID.fromString(emailId), ago.toSeconds()))
                        .size()
                == 0;
    }

    @Test
    void an_email_whose_answer_was_lost_is_sent_again_if_no_event_arrives_in_the_grace_period() {
        TestAccount account = anAccount();
        ses.control().dropAnswers(1);
        Instant before = Instant.now();
        String id = send(account, account.email("success@simulator.amazonses.com"));
        within(20).until(() -> lastEvent(account, id).equals("sent"));
        assertThat(acceptedBySes(id)).hasSize(2);
        assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofSeconds(3));
    }

    @Test
    void suppressed_recipients_are_omitted_and_an_email_without_others_is_not_sent() {
        TestAccount account = anAccount();
        String first = send(account, account.email("bounce@simulator.amazonses.com"));
        within(10).until(() -> acceptedBySes(first).size() == 1);
        eventsAbout(first).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> lastEvent(account, first).equals("bounced"));

        try (KafkaClient kafka = KafkaClient.following("sendex.events")) {
            String none = send(account, account.email("Bounce@simulator.amazonses.com"));
            within(10).until(() -> lastEvent(account, none).equals("suppressed"));
            assertThat(acceptedBySes(none)).isEmpty();
            within(10)
                    .until(() ->
                            kafka.values()
                                    .anyMatch(domainEvent("email.suppressed", account, none)));
        }

        Map<String, Object> email = account.email("bounce@simulator.amazonses.com");
        email.put("cc", "success@simulator.amazonses.com");
        String some = send(account, email);
        within(10).until(() -> acceptedBySes(some).size() == 1);
        assertThat(acceptedBySes(some).getFirst().to())
                .containsExactly("success@simulator.amazonses.com");
    }

    @Test
    void test_emails_never_reach_ses_and_get_simulated_events() {
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
            assertThat(acceptedBySes(id)).isEmpty();
            as(account.key()).get("/v1/emails/{id}", id).then().statusCode(404);
        }
        List<String> suppressed =
                as(account.key()).get("/v1/suppressions").then().extract().path("data.email");
        assertThat(suppressed).isEmpty();
    }
}
