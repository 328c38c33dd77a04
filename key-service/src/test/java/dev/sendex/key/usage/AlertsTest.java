package dev.sendex.key.usage;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.common.kafka.Topics;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class AlertsTest extends UsageFixture {

    private static final String NEW_NETWORK = "api_key.used_from_new_network";
    private static final String REFUSED_OFTEN = "api_key.refused_often";
    private static final String UNUSED = "api_key.unused";
    private static final String EXPIRING = "api_key.expiring";

    @Inject ScheduledAlerts alerts;

    private Topic events;

    @BeforeEach
    void openTopic() {
        events = new Topic(Topics.EVENTS);
    }

    @AfterEach
    void closeTopic() {
        events.close();
    }

    @Test
    void use_from_a_new_network_raises_one_alert() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        key.publishUsage(1, "success", null, Duration.ZERO, "192.0.2.0/24", "198.51.100.0/24");
        key.publishUsage(1, "success", null, Duration.ZERO, "198.51.100.0/24");
        awaitRequests(key, 3);
        awaitPendingAlerts(key);

        assertThat(alertsAbout(key, NEW_NETWORK))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getString("data.network")).isEqualTo("198.51.100.0/24"));
        assertThat(alertsAbout(key, NEW_NETWORK).getFirst().getString("data.hint"))
                .startsWith("sk_live_");
        key.usage("")
                .then()
                .body("networks.network", containsInAnyOrder("192.0.2.0/24", "198.51.100.0/24"));
    }

    @Test
    void the_networks_of_the_first_use_raise_no_alert() {
        UsedKey key = UsedKey.ofANewAccount();
        UsedKey sentinel = UsedKey.of(key.owner());

        key.publishUsage(1, "success", null, Duration.ZERO, "192.0.2.0/24", "198.51.100.0/24");
        awaitRequests(key, 1);
        sentinel.publishUsage(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        awaitRequests(sentinel, 1);
        sentinel.publishUsage(1, "success", null, Duration.ZERO, "203.0.113.0/24");

        eventually(() -> assertThat(alertsAbout(sentinel, NEW_NETWORK)).hasSize(1));
        assertThat(alertsAbout(key, NEW_NETWORK)).isEmpty();
    }

    @Test
    void alerts_about_new_networks_and_stored_networks_are_limited() {
        UsedKey key = UsedKey.ofANewAccount();
        key.publishUsage(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        awaitRequests(key, 1);

        // one by one, since a network is new to all records of a batch
        for (int i = 0; i < 10; i++) {
            key.publishUsage(1, "success", null, Duration.ZERO, "10.0." + i + ".0/24");
            awaitRequests(key, i + 2);
        }
        for (int i = 10; i < 100; i++) {
            key.publishUsage(1, "success", null, Duration.ZERO, "10.0." + i + ".0/24");
        }
        awaitRequests(key, 101);
        awaitPendingAlerts(key);

        assertThat(
                        count(
                                "select count(*) from key_network where key_id = $1",
                                UUID.fromString(key.id())))
                .isEqualTo(64);
        // the network of the first use counts as one of the ten and raises no alert
        assertThat(alertsAbout(key, NEW_NETWORK)).hasSize(9);
    }

    @Test
    void a_burst_of_refused_requests_raises_one_alert_an_hour() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(19, "refused", "restricted_api_key", Duration.ofMinutes(2));
        awaitRequests(key, 19);
        assertThat(alertsAbout(key, REFUSED_OFTEN)).isEmpty();
        key.publishUsage(1, "refused", "ip_not_allowed", Duration.ZERO);
        awaitRequests(key, 20);
        key.publishUsage(50, "refused", "rate_limit_exceeded", Duration.ZERO);
        awaitRequests(key, 70);
        awaitPendingAlerts(key);

        assertThat(alertsAbout(key, REFUSED_OFTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.getInt("data.refused")).isEqualTo(20));
        key.usage("").then().body("refused_often_at", notNullValue());
    }

    @Test
    void a_burst_raises_another_alert_after_an_hour() {
        UsedKey key = UsedKey.ofANewAccount();
        key.publishUsage(20, "refused", "restricted_api_key", Duration.ZERO);
        eventually(() -> assertThat(alertsAbout(key, REFUSED_OFTEN)).hasSize(1));

        execute(
                "update key_use set burst_notified_at = $2 where key_id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofMinutes(61)));
        key.publishUsage(1, "refused", "restricted_api_key", Duration.ZERO);

        eventually(() -> assertThat(alertsAbout(key, REFUSED_OFTEN)).hasSize(2));
    }

    @Test
    void refusals_far_apart_and_validation_errors_are_not_a_burst() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(15, "refused", "restricted_api_key", Duration.ofMinutes(20));
        key.publishUsage(15, "refused", "restricted_api_key", Duration.ZERO);
        key.publishUsage(100, "refused", "validation_error", Duration.ZERO);
        awaitRequests(key, 130);
        UsedKey sentinel = UsedKey.of(key.owner());
        sentinel.publishUsage(20, "refused", "restricted_api_key", Duration.ZERO);

        eventually(() -> assertThat(alertsAbout(sentinel, REFUSED_OFTEN)).hasSize(1));
        assertThat(alertsAbout(key, REFUSED_OFTEN)).isEmpty();
    }

    @Test
    void an_unused_key_raises_one_alert() {
        UsedKey key = UsedKey.ofANewAccount();
        setCreated(key, Duration.ofDays(91));

        eventually(() -> assertThat(alertsAbout(key, UNUSED)).hasSize(1));
        checkConcurrently();
        awaitPendingAlerts(key);
        assertThat(alertsAbout(key, UNUSED))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("data.last_used_at")).isNull());
    }

    @Test
    void a_key_that_becomes_unused_again_raises_another_alert() {
        UsedKey key = UsedKey.ofANewAccount();
        setCreated(key, Duration.ofDays(300));
        eventually(() -> assertThat(alertsAbout(key, UNUSED)).hasSize(1));

        key.publishUsage(1);
        awaitRequests(key, 1);
        execute(
                "update key_use set last_used_at = $2 where key_id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofDays(91)));

        eventually(() -> assertThat(alertsAbout(key, UNUSED)).hasSize(2));
        assertThat(alertsAbout(key, UNUSED).getLast().getString("data.last_used_at")).isNotNull();
        assertThat(
                        count(
                                "select count(*) from key_alert where key_id = $1",
                                UUID.fromString(key.id())))
                .isOne();
    }

    @Test
    void an_expiry_raises_an_alert_seven_days_and_one_day_before_from_one_instance_only() {
        UsedKey key = UsedKey.ofANewAccount();
        setCreated(key, Duration.ofDays(30));
        setExpiry(key, Duration.ofDays(6));

        eventually(() -> assertThat(alertsAbout(key, EXPIRING)).hasSize(1));
        checkConcurrently();
        awaitPendingAlerts(key);
        assertThat(noticeDays(key)).containsExactly(7);

        // a day before the expiry
        execute(
                "update api_key set expires_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofHours(-23)));
        checkConcurrently();
        eventually(() -> assertThat(noticeDays(key)).containsExactly(7, 1));
        checkConcurrently();
        awaitPendingAlerts(key);
        assertThat(noticeDays(key)).containsExactly(7, 1);
    }

    @Test
    void the_check_for_unused_keys_runs_only_when_it_is_due() {
        execute("update key_alert_run set due_at = now() + interval '1 hour'");
        try {
            assertThat(alerts.claimUnused().await().atMost(TIMEOUT)).isFalse();
        } finally {
            execute("update key_alert_run set due_at = now()");
        }
    }

    @Test
    void a_key_with_a_lifetime_of_a_day_raises_no_alert_seven_days_before() {
        UsedKey key = UsedKey.ofANewAccount();
        setCreated(key, Duration.ofHours(1));
        setExpiry(key, Duration.ofHours(30));
        UsedKey sentinel = UsedKey.of(key.owner());
        setCreated(sentinel, Duration.ofDays(30));
        setExpiry(sentinel, Duration.ofHours(12));

        eventually(() -> assertThat(noticeDays(sentinel)).containsExactly(1));
        assertThat(noticeDays(key)).isEmpty();
    }

    @Test
    void a_revoked_key_raises_no_alert() {
        String owner = anOwner();
        UsedKey key = UsedKey.of(owner);
        with(owner).delete("/v1/api-keys/" + key.id()).then().statusCode(200);
        setCreated(key, Duration.ofDays(100));
        setExpiry(key, Duration.ofHours(12));

        checkConcurrently();

        UsedKey sentinel = UsedKey.of(owner);
        setCreated(sentinel, Duration.ofDays(100));
        eventually(() -> assertThat(alertsAbout(sentinel, UNUSED)).hasSize(1));
        assertThat(alertsAbout(key, UNUSED)).isEmpty();
        assertThat(noticeDays(key)).isEmpty();
    }

    private void checkConcurrently() {
        List<Uni<Void>> checks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            checks.add(alerts.raiseExpiring().chain(alerts::raiseUnused));
        }
        Uni.join().all(checks).andFailFast().await().atMost(TIMEOUT);
    }

    /// Waits until all alerts about the key are published: events of an account keep their order,
    /// so the alert about another key comes last.
    private void awaitPendingAlerts(UsedKey key) {
        UsedKey sentinel = UsedKey.of(key.owner());
        setCreated(sentinel, Duration.ofDays(100));
        eventually(() -> assertThat(alertsAbout(sentinel, UNUSED)).hasSize(1));
    }

    private List<JsonPath> alertsAbout(UsedKey key, String type) {
        return events.events(key.accountId(), type, key.id());
    }

    private List<Integer> noticeDays(UsedKey key) {
        return alertsAbout(key, EXPIRING).stream()
                .map(event -> event.getInt("data.notice_days"))
                .toList();
    }

    private void setCreated(UsedKey key, Duration ago) {
        execute(
                "update api_key set created_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(ago));
    }

    private void setExpiry(UsedKey key, Duration in) {
        execute(
                "update api_key set expires_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(in.negated()));
    }

    private static void awaitRequests(UsedKey key, int requests) {
        eventually(() -> key.usage("").then().body("totals.requests", equalTo(requests)));
    }
}
