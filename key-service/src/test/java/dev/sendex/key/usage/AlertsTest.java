package dev.sendex.key.usage;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.sendex.common.kafka.Topics;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class AlertsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String NEW_NETWORK = "api_key.used_from_new_network";
    private static final String REFUSED_OFTEN = "api_key.refused_often";
    private static final String UNUSED = "api_key.unused";
    private static final String EXPIRING = "api_key.expiring";

    @Inject Pool pool;
    @Inject ScheduledAlerts notices;

    private Topic told;

    @BeforeEach
    void listen() {
        told = new Topic(Topics.EVENTS);
    }

    @AfterEach
    void stopListening() {
        told.close();
    }

    @Test
    void use_from_a_new_network_is_told_once() {
        UsedKey key = UsedKey.ofANewAccount();

        key.wasUsed(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        key.wasUsed(1, "success", null, Duration.ZERO, "192.0.2.0/24", "198.51.100.0/24");
        key.wasUsed(1, "success", null, Duration.ZERO, "198.51.100.0/24");
        awaitRequests(key, 3);
        awaitWhatIsTold(key);

        assertThat(told(key, NEW_NETWORK))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getString("data.network")).isEqualTo("198.51.100.0/24"));
        assertThat(told(key, NEW_NETWORK).getFirst().getString("data.hint")).startsWith("sk_live_");
        key.usage("")
                .then()
                .body("networks.network", containsInAnyOrder("192.0.2.0/24", "198.51.100.0/24"));
    }

    @Test
    void the_networks_of_the_very_first_use_are_no_news() {
        UsedKey key = UsedKey.ofANewAccount();
        UsedKey witness = UsedKey.of(key.owner());

        key.wasUsed(1, "success", null, Duration.ZERO, "192.0.2.0/24", "198.51.100.0/24");
        awaitRequests(key, 1);
        witness.wasUsed(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        awaitRequests(witness, 1);
        witness.wasUsed(1, "success", null, Duration.ZERO, "203.0.113.0/24");

        eventually(() -> assertThat(told(witness, NEW_NETWORK)).hasSize(1));
        assertThat(told(key, NEW_NETWORK)).isEmpty();
    }

    @Test
    void
            a_key_that_is_used_from_everywhere_is_told_a_few_times_and_remembers_no_more_than_it_may() {
        UsedKey key = UsedKey.ofANewAccount();
        key.wasUsed(1, "success", null, Duration.ZERO, "192.0.2.0/24");
        awaitRequests(key, 1);

        // one by one, since a batch judges by what was known before it
        for (int i = 0; i < 10; i++) {
            key.wasUsed(1, "success", null, Duration.ZERO, "10.0." + i + ".0/24");
            awaitRequests(key, i + 2);
        }
        for (int i = 10; i < 100; i++) {
            key.wasUsed(1, "success", null, Duration.ZERO, "10.0." + i + ".0/24");
        }
        awaitRequests(key, 101);
        awaitWhatIsTold(key);

        assertThat(
                        number(
                                "select count(*) from key_network where key_id = $1",
                                UUID.fromString(key.id())))
                .isEqualTo(64);
        // the network of the first use is one of the ten, and no news
        assertThat(told(key, NEW_NETWORK)).hasSize(9);
    }

    @Test
    void a_burst_of_refused_requests_is_told_once_an_hour() {
        UsedKey key = UsedKey.ofANewAccount();

        key.wasUsed(19, "refused", "restricted_api_key", Duration.ofMinutes(2));
        awaitRequests(key, 19);
        assertThat(told(key, REFUSED_OFTEN)).isEmpty();
        key.wasUsed(1, "refused", "ip_not_allowed", Duration.ZERO);
        awaitRequests(key, 20);
        key.wasUsed(50, "refused", "rate_limit_exceeded", Duration.ZERO);
        awaitRequests(key, 70);
        awaitWhatIsTold(key);

        assertThat(told(key, REFUSED_OFTEN))
                .singleElement()
                .satisfies(event -> assertThat(event.getInt("data.refused")).isEqualTo(20));
        key.usage("").then().body("refused_often_at", notNullValue());
    }

    @Test
    void a_burst_is_told_again_an_hour_later() {
        UsedKey key = UsedKey.ofANewAccount();
        key.wasUsed(20, "refused", "restricted_api_key", Duration.ZERO);
        eventually(() -> assertThat(told(key, REFUSED_OFTEN)).hasSize(1));

        execute(
                "update key_use set burst_notified_at = $2 where key_id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofMinutes(61)));
        key.wasUsed(1, "refused", "restricted_api_key", Duration.ZERO);

        eventually(() -> assertThat(told(key, REFUSED_OFTEN)).hasSize(2));
    }

    @Test
    void refusals_far_apart_and_the_clients_own_mistakes_are_no_burst() {
        UsedKey key = UsedKey.ofANewAccount();

        key.wasUsed(15, "refused", "restricted_api_key", Duration.ofMinutes(20));
        key.wasUsed(15, "refused", "restricted_api_key", Duration.ZERO);
        key.wasUsed(100, "refused", "validation_error", Duration.ZERO);
        awaitRequests(key, 130);
        UsedKey witness = UsedKey.of(key.owner());
        witness.wasUsed(20, "refused", "restricted_api_key", Duration.ZERO);

        eventually(() -> assertThat(told(witness, REFUSED_OFTEN)).hasSize(1));
        assertThat(told(key, REFUSED_OFTEN)).isEmpty();
    }

    @Test
    void a_key_that_nobody_uses_is_told_once() {
        UsedKey key = UsedKey.ofANewAccount();
        created(key, Duration.ofDays(91));

        eventually(() -> assertThat(told(key, UNUSED)).hasSize(1));
        lookSeveralTimesAtOnce();
        awaitWhatIsTold(key);
        assertThat(told(key, UNUSED))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("data.last_used_at")).isNull());
    }

    @Test
    void a_key_that_was_used_again_and_then_not_is_told_again() {
        UsedKey key = UsedKey.ofANewAccount();
        created(key, Duration.ofDays(300));
        eventually(() -> assertThat(told(key, UNUSED)).hasSize(1));

        key.wasUsed(1);
        awaitRequests(key, 1);
        execute(
                "update key_use set last_used_at = $2 where key_id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofDays(91)));

        eventually(() -> assertThat(told(key, UNUSED)).hasSize(2));
        assertThat(told(key, UNUSED).getLast().getString("data.last_used_at")).isNotNull();
        assertThat(
                        number(
                                "select count(*) from key_alert where key_id = $1",
                                UUID.fromString(key.id())))
                .isOne();
    }

    @Test
    void an_expiry_is_told_seven_days_and_one_day_before_by_however_many_look() {
        UsedKey key = UsedKey.ofANewAccount();
        created(key, Duration.ofDays(30));
        expires(key, Duration.ofDays(6));

        eventually(() -> assertThat(told(key, EXPIRING)).hasSize(1));
        lookSeveralTimesAtOnce();
        awaitWhatIsTold(key);
        assertThat(days(key)).containsExactly(7);

        // the same time, come closer
        execute(
                "update api_key set expires_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(Duration.ofHours(-23)));
        lookSeveralTimesAtOnce();
        eventually(() -> assertThat(days(key)).containsExactly(7, 1));
        lookSeveralTimesAtOnce();
        awaitWhatIsTold(key);
        assertThat(days(key)).containsExactly(7, 1);
    }

    @Test
    void all_keys_are_looked_through_only_when_that_is_due() {
        execute("update key_alert_run set due_at = now() + interval '1 hour'");
        try {
            assertThat(notices.claimUnused().await().atMost(TIMEOUT)).isFalse();
        } finally {
            execute("update key_alert_run set due_at = now()");
        }
    }

    @Test
    void a_key_that_was_made_for_a_day_is_not_told_to_expire_in_seven() {
        UsedKey key = UsedKey.ofANewAccount();
        created(key, Duration.ofHours(1));
        expires(key, Duration.ofHours(30));
        UsedKey witness = UsedKey.of(key.owner());
        created(witness, Duration.ofDays(30));
        expires(witness, Duration.ofHours(12));

        eventually(() -> assertThat(days(witness)).containsExactly(1));
        assertThat(days(key)).isEmpty();
    }

    @Test
    void nothing_is_told_of_a_key_that_is_revoked() {
        String owner = anOwner();
        UsedKey key = UsedKey.of(owner);
        with(owner).delete("/v1/api-keys/" + key.id()).then().statusCode(200);
        created(key, Duration.ofDays(100));
        expires(key, Duration.ofHours(12));

        lookSeveralTimesAtOnce();

        UsedKey witness = UsedKey.of(owner);
        created(witness, Duration.ofDays(100));
        eventually(() -> assertThat(told(witness, UNUSED)).hasSize(1));
        assertThat(told(key, UNUSED)).isEmpty();
        assertThat(days(key)).isEmpty();
    }

    private void lookSeveralTimesAtOnce() {
        List<Uni<Void>> looks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            looks.add(notices.raiseExpiring().chain(notices::raiseUnused));
        }
        Uni.join().all(looks).andFailFast().await().atMost(TIMEOUT);
    }

    /// Waits until all is told that was to be told of the key so far: events of an account keep
    /// their order.
    private void awaitWhatIsTold(UsedKey key) {
        UsedKey witness = UsedKey.of(key.owner());
        created(witness, Duration.ofDays(100));
        eventually(() -> assertThat(told(witness, UNUSED)).hasSize(1));
    }

    private List<JsonPath> told(UsedKey key, String type) {
        return told.events(key.accountId(), type, key.id());
    }

    private List<Integer> days(UsedKey key) {
        return told(key, EXPIRING).stream().map(event -> event.getInt("data.notice_days")).toList();
    }

    private void created(UsedKey key, Duration ago) {
        execute(
                "update api_key set created_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(ago));
    }

    private void expires(UsedKey key, Duration in) {
        execute(
                "update api_key set expires_at = $2 where id = $1",
                UUID.fromString(key.id()),
                ago(in.negated()));
    }

    private static OffsetDateTime ago(Duration time) {
        return Instant.now().minus(time).atOffset(ZoneOffset.UTC);
    }

    private static void awaitRequests(UsedKey key, int requests) {
        eventually(() -> key.usage("").then().body("totals.requests", equalTo(requests)));
    }

    private void execute(String statement, Object... parameters) {
        pool.preparedQuery(statement).execute(Tuple.from(parameters)).await().atMost(TIMEOUT);
    }

    private long number(String query, UUID parameter) {
        return pool.preparedQuery(query)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(TIMEOUT)
                .iterator()
                .next()
                .getLong(0);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(TIMEOUT).untilAsserted(assertion);
    }
}
