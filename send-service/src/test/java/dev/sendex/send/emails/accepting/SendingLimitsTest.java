package dev.sendex.send.emails.accepting;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class SendingLimitsTest extends SendServiceTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Inject Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int connections;

    private static final List<String> THREE =
            List.of("ada@example.net", "bob@example.net", "cy@example.net");

    @Test
    void the_limit_counts_recipients_rather_than_emails() {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("total", 4));
        Map<String, Object> email = account.email("ada@example.net");
        email.put("to", THREE);
        trySend(key, email).statusCode(200);

        trySend(key, email)
                .statusCode(429)
                .body("code", equalTo("sending_limit_exceeded"))
                .body("message", containsString("1 are left"));
        trySend(key, account.email("ada@example.net")).statusCode(200);
        trySend(key, account.email("ada@example.net")).statusCode(429);
    }

    @Test
    void days_and_months_have_separate_limits() {
        TestAccount account = anAccount();
        String daily = keyWithSendingLimit(account, Map.of("per_day", 1));
        String monthly = keyWithSendingLimit(account, Map.of("per_month", 1));
        trySend(daily, account.email("ada@example.net")).statusCode(200);
        trySend(monthly, account.email("ada@example.net")).statusCode(200);

        trySend(daily, account.email("ada@example.net"))
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("code", equalTo("daily_quota_exceeded"));
        trySend(monthly, account.email("ada@example.net"))
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(0))
                .body("code", equalTo("monthly_quota_exceeded"));
    }

    @Test
    void a_clock_that_is_behind_does_not_reset_the_day() {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("per_day", 2, "per_month", 2));
        trySend(key, account.email("ada@example.net")).statusCode(200);
        pool.preparedQuery(
                        "update key_sending set day = day + 1, month = (month + interval '1 month')::date"
                                + " where account_id = $1")
                .executeAndAwait(Tuple.of(account.id()));

        trySend(key, account.email("ada@example.net")).statusCode(200);
        trySend(key, account.email("ada@example.net")).statusCode(429);
    }

    @ParameterizedTest
    @CsvSource({
        "per_day, 1 day, daily_quota_exceeded",
        "per_month, 1 month, monthly_quota_exceeded"
    })
    void the_limit_is_reset_each_day_or_month(String limit, String span, String code) {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of(limit, 1, "total", 2));
        trySend(key, account.email("ada@example.net")).statusCode(200);
        trySend(key, account.email("ada@example.net")).statusCode(429).body("code", equalTo(code));

        age(account, span);

        trySend(key, account.email("ada@example.net")).statusCode(200);
        trySend(key, account.email("ada@example.net"))
                .statusCode(429)
                .body("code", equalTo("sending_limit_exceeded"));
    }

    @Test
    void a_new_day_does_not_reset_the_monthly_limit() {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("per_day", 1, "per_month", 2));
        for (int i = 0; i < 2; i++) {
            trySend(key, account.email("ada@example.net")).statusCode(200);
            pool.preparedQuery("update key_sending set day = day - 1 where account_id = $1")
                    .executeAndAwait(Tuple.of(account.id()));
        }

        trySend(key, account.email("ada@example.net"))
                .statusCode(429)
                .body("code", equalTo("monthly_quota_exceeded"));
    }

    /// Uses a time zone in which the date differs from the date in UTC.
    @Test
    void days_and_months_are_in_utc_whatever_the_time_zone_of_the_database() {
        TestAccount account = anAccount();
        String daily = keyWithSendingLimit(account, Map.of("per_day", 1));
        String monthly = keyWithSendingLimit(account, Map.of("per_month", 1));
        OffsetDateTime before = OffsetDateTime.now(UTC);
        setTimeZone(before.getHour() < 12 ? -12 : 14);
        try {
            for (String key : List.of(daily, monthly)) {
                trySend(key, account.email("ada@example.net")).statusCode(200);
            }
            Row counted =
                    pool.preparedQuery(
                                    "select distinct day, month from key_sending where account_id = $1")
                            .executeAndAwait(Tuple.of(account.id()))
                            .iterator()
                            .next();
            LocalDate day = counted.getLocalDate("day");
            assertThat(day).isBetween(before.toLocalDate(), LocalDate.now(UTC));
            assertThat(counted.getLocalDate("month")).isEqualTo(day.withDayOfMonth(1));
            assertRetryAfterIsAt(account, daily, day.plusDays(1));
            assertRetryAfterIsAt(account, monthly, day.withDayOfMonth(1).plusMonths(1));
        } finally {
            setTimeZone(0);
        }
    }

    private static void assertRetryAfterIsAt(TestAccount account, String key, LocalDate begin) {
        long before = secondsUntil(begin);
        long seconds =
                Long.parseLong(
                        trySend(key, account.email("ada@example.net"))
                                .statusCode(429)
                                .extract()
                                .header("Retry-After"));
        assertThat(seconds).isBetween(secondsUntil(begin), before + 2);
    }

    private static long secondsUntil(LocalDate begin) {
        return Duration.between(Instant.now(), begin.atStartOfDay(UTC)).toSeconds();
    }

    /// Sets the time zone of all connections but the one that the service reserves.
    ///
    /// @param hours ahead of UTC
    private void setTimeZone(int hours) {
        List<SqlConnection> all =
                Stream.generate(pool::getConnectionAndAwait).limit(connections - 1).toList();
        for (SqlConnection connection : all) {
            connection.query("set time zone " + hours).executeAndAwait();
        }
        all.forEach(SqlConnection::closeAndAwait);
    }

    /// Moves the counts this far into the past.
    private void age(TestAccount account, String span) {
        pool.preparedQuery(
                        """
                        update key_sending
                        set day = (day - $2::text::interval)::date,
                            month = date_trunc('month', month - $2::text::interval)::date
                        where account_id = $1
                        """)
                .executeAndAwait(Tuple.of(account.id(), span));
    }

    @Test
    void keys_that_share_a_limit_are_counted_together() {
        TestAccount account = anAccount();
        Map<String, Object> shared =
                Map.of("total", 2, "shared_with", UUID.randomUUID().toString());
        String first = keyWithSendingLimit(account, shared);
        String second = keyWithSendingLimit(account, shared);
        trySend(first, account.email("ada@example.net")).statusCode(200);
        trySend(second, account.email("ada@example.net")).statusCode(200);

        trySend(first, account.email("ada@example.net")).statusCode(429);
        trySend(second, account.email("ada@example.net")).statusCode(429);
    }

    @Test
    void a_refused_email_does_not_count() {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("total", 1));
        Map<String, Object> foreign = account.email("ada@example.net");
        foreign.put("from", "someone@else.example");
        trySend(key, foreign).statusCode(403);

        trySend(key, account.email("ada@example.net")).statusCode(200);
    }

    @Test
    void a_replayed_request_is_counted_once() {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("total", 1));

        for (int i = 0; i < 3; i++) {
            as(key).header("Idempotency-Key", "once")
                    .body(account.email("ada@example.net"))
                    .post("/v1/emails")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void the_count_is_exact_under_concurrent_requests() throws Exception {
        TestAccount account = anAccount();
        String key = keyWithSendingLimit(account, Map.of("total", 10));
        Callable<Integer> send =
                () ->
                        as(key).body(account.email("ada@example.net"))
                                .post("/v1/emails")
                                .statusCode();

        try (ExecutorService callers = Executors.newFixedThreadPool(12)) {
            List<Integer> statuses =
                    callers.invokeAll(Collections.nCopies(36, send)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(statuses).filteredOn(status -> status == 200).hasSize(10);
            assertThat(statuses).filteredOn(status -> status == 429).hasSize(26);
        }
    }

    @Test
    void the_rate_limit_of_a_key_is_enforced() {
        TestAccount account = anAccount();
        String key =
                account.keyRestrictedBy(
                        Map.of("sendex_rate_limit", Map.of("limit", 1, "window_seconds", 86_400)));
        trySend(key, account.email("ada@example.net"))
                .statusCode(200)
                .header("ratelimit-remaining", equalTo("0"));

        trySend(key, account.email("ada@example.net"))
                .statusCode(429)
                .body("code", equalTo("rate_limit_exceeded"));
    }

    @Test
    void a_request_over_a_keys_own_rate_limit_does_not_count_against_the_shared_one() {
        TestAccount account = anAccount();
        String counter = UUID.randomUUID().toString();
        String creator = keyWithRateLimit(account, 5, DAY, counter);
        String created = keyWithRateLimit(account, 3, DAY, counter);
        for (int i = 0; i < 3; i++) {
            as(created).get("/v1/emails").then().statusCode(200);
        }

        for (int i = 0; i < 2; i++) {
            as(created)
                    .get("/v1/emails")
                    .then()
                    .statusCode(429)
                    .header("ratelimit-remaining", equalTo("0"));
        }

        as(creator)
                .get("/v1/emails")
                .then()
                .statusCode(200)
                .header("ratelimit-remaining", equalTo("1"));
        as(creator).get("/v1/emails").then().statusCode(200);
        as(creator).get("/v1/emails").then().statusCode(429);
    }

    @Test
    void a_shorter_rate_limit_window_takes_effect_at_once() {
        TestAccount account = anAccount();
        String counter = UUID.randomUUID().toString();
        String before = keyWithRateLimit(account, 1, DAY, counter);
        String since = keyWithRateLimit(account, 1, Duration.ofSeconds(60), counter);
        as(before).get("/v1/emails").then().statusCode(200);

        as(since)
                .get("/v1/emails")
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, lessThanOrEqualTo(60));
    }

    @Test
    void a_request_that_is_refused_for_its_address_endpoint_or_permission_does_not_count() {
        TestAccount account = anAccount();
        Map<String, ?> once = Map.of("limit", 1, "window_seconds", DAY.toSeconds());
        List<Map<String, ?>> bounds =
                List.of(
                        Map.of("sendex_allowed_ips", List.of("192.0.2.0/24")),
                        Map.of("sendex_allowed_endpoints", List.of("POST /v1/emails")),
                        Map.of("scope", "emails:send"));

        for (Map<String, ?> bound : bounds) {
            Map<String, Object> members = new HashMap<>(bound);
            members.put("sendex_rate_limit", once);
            String key = account.keyRestrictedBy(members);
            for (int i = 0; i < 2; i++) {
                as(key).get("/v1/emails")
                        .then()
                        .statusCode(403)
                        .header("ratelimit-limit", nullValue());
            }
        }
    }

    @Test
    void endpoint_and_ip_restrictions_of_a_key_are_enforced() {
        TestAccount account = anAccount();
        String sender =
                account.keyRestrictedBy(
                        Map.of("sendex_allowed_endpoints", List.of("POST /v1/emails")));
        String elsewhere =
                account.keyRestrictedBy(Map.of("sendex_allowed_ips", List.of("192.0.2.0/24")));

        trySend(sender, account.email("ada@example.net")).statusCode(200);
        as(sender)
                .get("/v1/emails")
                .then()
                .statusCode(403)
                .body("code", equalTo("endpoint_not_allowed"));
        trySend(elsewhere, account.email("ada@example.net"))
                .statusCode(403)
                .body("code", equalTo("ip_not_allowed"));
    }

    private static String keyWithRateLimit(
            TestAccount account, int limit, Duration window, String counter) {
        return account.keyRestrictedBy(
                Map.of(
                        "sendex_rate_limit",
                        Map.of(
                                "limit",
                                limit,
                                "window_seconds",
                                window.toSeconds(),
                                "shared_with",
                                counter)));
    }

    private static String keyWithSendingLimit(TestAccount account, Map<String, ?> limit) {
        return account.keyRestrictedBy(Map.of("sendex_sending_limit", limit));
    }
}
