package dev.sendex.key.usage;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.common.kafka.Topics;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class KeyUsageTest extends UsageFixture {

    @Inject MeterRegistry metrics;

    @Test
    void a_new_key_has_no_usage() {
        UsedKey key = UsedKey.ofANewAccount();

        key.usage("")
                .then()
                .statusCode(200)
                .body("usage_status", equalTo("never_used"))
                .body("last_used_at", nullValue())
                .body("totals.requests", equalTo(0))
                .body("data", hasSize(0));
    }

    @Test
    void requests_to_this_service_are_counted_by_endpoint_and_outcome() {
        UsedKey key = UsedKey.ofANewAccount();
        UsedKey other = UsedKey.of(key.owner());

        with(key.token()).get("/v1/api-keys").then().statusCode(200);
        with(key.token()).get("/v1/api-keys").then().statusCode(200);
        with(key.token()).get("/v1/api-keys/" + key.id()).then().statusCode(200);
        with(key.token()).delete("/v1/api-keys/" + key.id()).then().statusCode(403);
        with(other.token()).get("/v1/api-keys/me").then().statusCode(200);

        eventually(() ->
                key.usage("")
                        .then()
                        .body("totals.requests", equalTo(4))
                        .body("totals.success", equalTo(3))
                        .body("totals.refused", equalTo(1))
                        .body(
                                "endpoints.endpoint",
                                contains(
                                        "GET /v1/api-keys",
                                        "DELETE /v1/api-keys/{id}",
                                        "GET /v1/api-keys/{id}"))
                        .body("refusals.problem", contains("restricted_api_key"))
                        .body("last_used_ip", equalTo("127.0.0.1"))
                        .body("usage_status", equalTo("active")));
        eventually(() ->
                other.usage("")
                        .then()
                        .body("totals.requests", equalTo(1))
                        .body("endpoints.endpoint", contains("GET /v1/api-keys/me")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip_not_allowed | allowed_ips | [\"198.51.100.0/24\"]",
                "endpoint_not_allowed | allowed_endpoints | [\"GET /v1/api-keys\"]",
                "rate_limit_exceeded | rate_limit | {\"limit\": 1, \"window_seconds\": 3600}"
            })
    void refusals_are_counted_by_restriction(String problem, String restriction, String value) {
        String owner = anOwner();
        Response issued =
                with(owner)
                        .body(
                                "{\"name\": \"restricted\", \"preset\": \"read_only\", \"%s\": %s}"
                                        .formatted(restriction, value))
                        .post("/v1/api-keys");
        String path = "/v1/api-keys/" + issued.path("id");

        with(issued.path("token")).get(path);
        with(issued.path("token")).get(path).then().body("code", equalTo(problem));

        eventually(() ->
                with(owner)
                        .get(path + "/usage")
                        .then()
                        .body("totals.requests", equalTo(2))
                        .body("endpoints.endpoint", contains("GET /v1/api-keys/{id}"))
                        .body("refusals.problem", contains(problem)));
    }

    @Test
    void forward_auth_requests_are_counted() {
        UsedKey key = UsedKey.ofANewAccount();

        with(key.token()).get("/oauth2/forward-auth").then().statusCode(200);
        with(key.token())
                .queryParam("scope", "emails:send")
                .get("/oauth2/forward-auth")
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + key.token())
                .get("/oauth2/forward-auth/anything");

        eventually(() ->
                key.usage("")
                        .then()
                        .body("totals.requests", equalTo(3))
                        .body("totals.success", equalTo(2))
                        .body("endpoints.endpoint", contains("GET /oauth2/forward-auth")));
    }

    @Test
    void counts_of_several_services_add_up() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(3);
        key.publishUsage(4);
        key.publishUsage(2, "failed", null, Duration.ZERO);

        eventually(() ->
                key.usage("")
                        .then()
                        .body("totals.requests", equalTo(9))
                        .body("totals.success", equalTo(7))
                        .body("totals.failed", equalTo(2)));
    }

    @Test
    void a_duplicate_record_is_counted_once() {
        UsedKey key = UsedKey.ofANewAccount();
        String record =
                key.record(UUID.randomUUID(), 5, "success", null, Duration.ZERO, "192.0.2.0/24");

        key.publish(record);
        key.publish(record);
        eventually(() -> key.usage("").then().body("totals.requests", equalTo(5)));
        key.publish(record);
        key.publishUsage(1);

        eventually(() -> key.usage("").then().body("totals.requests", equalTo(6)));
    }

    @Test
    void malformed_records_are_dead_lettered_and_do_not_block_the_others() {
        UsedKey key = UsedKey.ofANewAccount();
        String valid = key.record(UUID.randomUUID(), 5, "success", null, Duration.ZERO);
        List<String> malformed =
                List.of(
                        "{",
                        "[]",
                        "{\"id\": \"" + UUID.randomUUID() + "\"}",
                        valid.replace("\"requests\": 5", "\"requests\": -5"),
                        valid.replace("POST /v1/emails", "P" + "\\u0000"),
                        valid.replace("192.0.2.7", "1".repeat(100)),
                        key.record(UUID.randomUUID(), 5, "success", null, Duration.ofDays(-400)));

        malformed.forEach(key::publish);
        key.publishUsage(1);

        eventually(() -> key.usage("").then().body("totals.requests", equalTo(1)));
        try (Topic deadLetters = new Topic(Topics.deadLetters(Topics.USAGE))) {
            eventually(() ->
                    assertThat(deadLetters.recordsOf(key.id()))
                            .hasSize(malformed.size())
                            .allSatisfy(letter ->
                                    assertThat(
                                                    new String(
                                                            letter.headers()
                                                                    .lastHeader("dead-letter-topic")
                                                                    .value(),
                                                            UTF_8))
                                            .isEqualTo("sendex.usage")));
        }
    }

    @Test
    void usage_of_a_key_of_another_account_is_ignored() {
        UsedKey key = UsedKey.ofANewAccount();
        UsedKey other = UsedKey.ofANewAccount();

        key.publish(
                key.record(UUID.randomUUID(), 5, "success", null, Duration.ZERO)
                        .replace(key.accountId(), other.accountId()));
        key.publishUsage(1);

        eventually(() -> key.usage("").then().body("totals.requests", equalTo(1)));
        assertThat(
                        count(
                                "select count(*) from key_usage where account_id = $1",
                                UUID.fromString(other.accountId())))
                .isZero();
    }

    @Test
    void stale_records_are_not_counted() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(5, "success", null, Duration.ofDays(2));
        key.publishUsage(1);

        eventually(() -> key.usage("?granularity=day").then().body("totals.requests", equalTo(1)));
        assertThat(metrics.counter("sendex.usage.records", "outcome", "stale").count())
                .isPositive();
    }

    @Test
    void the_last_use_is_the_latest_whatever_the_order_of_arrival() {
        UsedKey key = UsedKey.ofANewAccount();

        key.publishUsage(1);
        key.publishUsage(1, "success", null, Duration.ofHours(3));

        eventually(() -> key.usage("").then().body("totals.requests", equalTo(2)));
        Instant last = Instant.parse(key.usage("").path("last_used_at"));
        Instant first = Instant.parse(key.usage("").path("first_used_at"));
        assertThat(Duration.between(last, Instant.now())).isLessThan(Duration.ofMinutes(5));
        assertThat(Duration.between(first, last)).isGreaterThan(Duration.ofHours(2));
    }

    @Test
    void usage_is_returned_per_hour_or_per_day() {
        UsedKey key = UsedKey.ofANewAccount();
        UUID account = UUID.fromString(key.accountId());
        Instant midnight = Instant.now().truncatedTo(DAYS).minus(10, DAYS);
        Instant before = midnight.minus(1, DAYS);
        Instant after = midnight.plus(1, DAYS);
        insertUsage(account, key.id(), midnight.minus(2, HOURS), "GET /a");
        insertUsage(account, key.id(), midnight.minus(1, HOURS), "GET /a");
        insertUsage(account, key.id(), midnight, "GET /a");
        insertUsage(account, key.id(), midnight, "GET /b");

        key.usage("?since=%s&until=%s".formatted(midnight.minus(90, MINUTES), midnight))
                .then()
                .statusCode(200)
                .body("since", equalTo(json(midnight.minus(2, HOURS))))
                .body(
                        "data.start",
                        contains(json(midnight.minus(2, HOURS)), json(midnight.minus(1, HOURS))));
        key.usage(
                        "?since=%s&until=%s&granularity=day"
                                .formatted(midnight.minus(90, MINUTES), after))
                .then()
                .statusCode(200)
                .body("totals.requests", equalTo(28))
                .body("data.start", contains(json(before), json(midnight), json(midnight)))
                .body("data.requests", contains(14, 7, 7))
                .body("endpoints.endpoint", contains("GET /a", "GET /b"));
    }

    @Test
    void a_key_shows_when_and_from_which_address_it_was_last_used() {
        UsedKey key = UsedKey.ofANewAccount();
        key.view()
                .then()
                .statusCode(200)
                .body("usage_status", equalTo("never_used"))
                .body("last_used_at", nullValue())
                .body("last_used_ip", nullValue());

        key.publishUsage(1);

        eventually(() -> key.view().then().body("usage_status", equalTo("active")));
        key.view().then().body("last_used_ip", equalTo("192.0.2.7"));
        with(key.owner())
                .get("/v1/api-keys")
                .then()
                .body("data.usage_status", contains("active"))
                .body("data.last_used_ip", contains("192.0.2.7"));
        with(key.owner())
                .body("{\"name\": \"other\"}")
                .patch("/v1/api-keys/" + key.id())
                .then()
                .statusCode(200)
                .body("usage_status", equalTo("active"));
    }

    @Test
    void using_a_key_does_not_change_its_version() {
        UsedKey key = UsedKey.ofANewAccount();
        int version = key.view().path("version");

        key.publishUsage(1);

        eventually(() -> key.view().then().body("usage_status", equalTo("active")));
        key.view().then().body("version", equalTo(version));
    }

    @ParameterizedTest
    @CsvSource({
        "never_used,",
        "active, 0",
        "active, 29",
        "quiet, 31",
        "quiet, 89",
        "dormant, 91",
        "dormant, 900"
    })
    void keys_can_be_filtered_by_usage_status(String status, @Nullable Integer days) {
        UsedKey key = UsedKey.ofANewAccount();
        UsedKey other = UsedKey.of(key.owner());
        if (days == null) {
            insertUse(other, Duration.ofDays(60));
        } else {
            insertUse(key, Duration.ofDays(days));
        }

        for (String filter : List.of("never_used", "active", "quiet", "dormant")) {
            List<String> found =
                    with(key.owner())
                            .queryParam("usage_status", filter)
                            .queryParam("environment", "live")
                            .get("/v1/api-keys")
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("data.id");
            assertThat(found.contains(key.id())).as(filter).isEqualTo(filter.equals(status));
        }
        key.view().then().body("usage_status", equalTo(status));
    }

    @Test
    void all_unused_keys_can_be_listed_in_one_request() {
        UsedKey never = UsedKey.ofANewAccount();
        UsedKey active = UsedKey.of(never.owner());
        UsedKey quiet = UsedKey.of(never.owner());
        UsedKey dormant = UsedKey.of(never.owner());
        UsedKey revoked = UsedKey.of(never.owner());
        insertUse(active, Duration.ofDays(1));
        insertUse(quiet, Duration.ofDays(31));
        insertUse(dormant, Duration.ofDays(91));
        with(never.owner()).delete("/v1/api-keys/" + revoked.id()).then().statusCode(200);

        JsonPath unused =
                with(never.owner())
                        .get(
                                "/v1/api-keys?state=active,expiring,rotating"
                                        + "&usage_status=never_used,quiet,dormant")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();

        assertThat(unused.getList("data.id")).containsExactly(dormant.id(), quiet.id(), never.id());
        assertThat(unused.getList("data.usage_status"))
                .containsExactly("dormant", "quiet", "never_used");
        assertThat(unused.getString("data[0].last_used_at")).isNotNull();
        assertThat(unused.getString("data[2].last_used_at")).isNull();
        assertThat(unused.getString("data[2].created_at")).isNotNull();
    }

    @Test
    void an_unknown_usage_status_is_refused() {
        with(anOwner())
                .queryParam("usage_status", "unknown")
                .get("/v1/api-keys")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("usage_status"));
    }

    private void insertUse(UsedKey key, Duration ago) {
        execute(
                "insert into key_use values ($1, $2, $3, $3, null, null)",
                UUID.fromString(key.accountId()),
                UUID.fromString(key.id()),
                ago(ago));
    }

    @ParameterizedTest
    @CsvSource({
        "granularity, ?granularity=minute",
        "since, ?since=yesterday",
        "until, ?until=1",
        "since, ?since=2026-03-02T00:00:00Z&until=2026-03-01T00:00:00Z",
        "since, ?since=2026-03-01T00:00:00Z&until=2026-03-01T00:00:00Z",
        "since, ?since=2026-03-01T00:00:00Z&until=2026-03-09T00:00:00Z",
        "since, ?since=2025-03-01T00:00:00Z&until=2026-03-09T00:00:00Z&granularity=day",
        "until, ?until=-999999999-01-01T00:00:00Z"
    })
    void an_invalid_period_is_refused(String parameter, String query) {
        UsedKey.ofANewAccount()
                .usage(query)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors[0].field", equalTo(parameter));
    }

    @Test
    void the_key_of_another_account_is_not_found() {
        UsedKey key = UsedKey.ofANewAccount();
        String stranger = anOwner();

        for (String id : List.of(key.id(), UUID.randomUUID().toString(), "no-id")) {
            with(stranger)
                    .get("/v1/api-keys/" + id + "/usage")
                    .then()
                    .statusCode(404)
                    .body("message", equalTo("No API key has this id."));
        }
    }

    @Test
    void reading_usage_requires_the_permission_to_read_keys() {
        String owner = anOwner();
        UsedKey key = UsedKey.of(owner);

        with(aKey(owner, "stats:read"))
                .get("/v1/api-keys/" + key.id() + "/usage")
                .then()
                .statusCode(403);
        anyone().get("/v1/api-keys/" + key.id() + "/usage").then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key_usage", "usage_record", "key_refusal"})
    void only_rows_past_their_retention_are_deleted(String table) {
        UsedKey key = UsedKey.ofANewAccount();
        UUID account = UUID.fromString(key.accountId());
        UUID id = UUID.fromString(key.id());
        String insert =
                switch (table) {
                    case "key_usage" ->
                            "insert into key_usage values ($1, $2, $3, 'GET /a', 'success', '', 1)";
                    case "usage_record" -> "insert into usage_record values ($1, $2, $3)";
                    default -> "insert into key_refusal values ($1, $2, $3, 1)";
                };

        execute(insert, account, id, Instant.now().atOffset(ZoneOffset.UTC));
        UUID old = table.equals("usage_record") ? UUID.randomUUID() : id;
        execute(insert, account, old, ago(Duration.ofDays(91)));

        String count = "select count(*) from " + table + " where account_id = $1";
        eventually(() -> assertThat(count(count, account)).isOne());
    }

    private static String json(Instant time) {
        return time.toString().replace("Z", ".000Z");
    }

    private void insertUsage(UUID account, String key, Instant hour, String endpoint) {
        execute(
                "insert into key_usage values ($1, $2, $3, $4, 'success', '', 7)",
                account,
                UUID.fromString(key),
                hour.atOffset(ZoneOffset.UTC),
                endpoint);
    }
}
