package dev.sendex.key.audit;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.audit.AuditRecord;
import dev.sendex.common.kafka.Topics;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class AuditAppenderTest {

    private static final String MEMBER = UUID.randomUUID().toString();
    private static final String SESSION = UUID.randomUUID().toString();

    @Inject ObjectMapper json;
    @Inject AuditAppender appender;
    @Inject Pool pool;

    private String owner;
    private String accountId;

    @BeforeEach
    void anAccount() {
        owner = anOwner();
        String claims = new String(Base64.getUrlDecoder().decode(owner.split("\\.", -1)[1]), UTF_8);
        accountId = new JsonPath(claims).getString("account_id");
    }

    @Test
    void records_of_other_services_are_returned_as_events() {
        UUID domain = UUID.randomUUID();
        Instant at = Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.MILLIS);

        publish(record(UUID.randomUUID(), "domain.created", domain, at));

        await().untilAsserted(() -> assertEvents(domain, 1));
        with(owner)
                .get("/v1/audit-events?target=" + domain)
                .then()
                .body("data[0].action", equalTo("domain.created"))
                .body("data[0].occurred_at", equalTo(at.toString()))
                .body("data[0].actor.type", equalTo("member"))
                .body("data[0].actor.id", equalTo(MEMBER))
                .body("data[0].actor.session_id", equalTo(SESSION))
                .body("data[0].ip", equalTo("2001:db8::7"))
                .body("data[0].target.type", equalTo("domain"))
                .body("data[0].before", nullValue())
                .body("data[0].after.name", equalTo("shop.example"));
        assertChainIsValid();
    }

    @Test
    void a_duplicate_record_is_added_once() {
        UUID domain = UUID.randomUUID();
        String record = record(UUID.randomUUID(), "domain.created", domain, Instant.now());
        String later = record(UUID.randomUUID(), "domain.removed", domain, Instant.now());

        publish(record);
        publish(record);
        publish(later);
        publish(record.replace("shop.example", "changed.example"));
        publish(record(UUID.randomUUID(), "domain.created", domain, Instant.now()));

        await().untilAsserted(() -> assertEvents(domain, 3));
        with(owner)
                .get("/v1/audit-events?target=" + domain)
                .then()
                .body("data.action", contains("domain.created", "domain.removed", "domain.created"))
                .body(not(containsString("changed.example")));
        assertChainIsValid();
    }

    @Test
    void concurrent_instances_add_the_same_records_once() throws Exception {
        UUID domain = UUID.randomUUID();
        List<AuditRecord> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String record = record(UUID.randomUUID(), "domain.created", domain, Instant.now());
            records.add(json.readValue(record, AuditRecord.class));
        }

        List<Integer> added =
                Uni.join()
                        .all(appender.add(records), appender.add(records), appender.add(records))
                        .andCollectFailures()
                        .await()
                        .atMost(Duration.ofSeconds(30));

        assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
        assertEvents(domain, 50);
        assertChainIsValid();
    }

    @Test
    void records_and_changes_of_this_service_form_one_chain() {
        UUID domain = UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            publish(record(UUID.randomUUID(), "domain.created", domain, Instant.now()));
            issue(owner, Map.of("preset", "read_only")).then().statusCode(201);
        }

        await().untilAsserted(() -> assertEvents(domain, 10));
        assertChainIsValid();
    }

    @Test
    void records_may_arrive_out_of_order() {
        UUID domain = UUID.randomUUID();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));

        publish(record(UUID.randomUUID(), "domain.created", domain, Instant.now()));
        publish(record(UUID.randomUUID(), "domain.removed", domain, yesterday));

        await().untilAsserted(() -> assertEvents(domain, 2));
        with(owner)
                .queryParam("target", domain)
                .queryParam("until", Instant.now().minus(Duration.ofHours(1)).toString())
                .get("/v1/audit-events")
                .then()
                .body("data.action", contains("domain.removed"));
        assertChainIsValid();
    }

    @Test
    void malformed_records_are_dead_lettered_with_the_reason_and_do_not_block_the_others() {
        UUID domain = UUID.randomUUID();
        String valid = record(UUID.randomUUID(), "domain.created", domain, Instant.now());
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        Map<String, String> malformed =
                Map.ofEntries(
                        Map.entry("{", "not an audit record"),
                        Map.entry("[]", "not an audit record"),
                        Map.entry("{\"account_id\": \"" + accountId + "\"}", "not an audit record"),
                        Map.entry(valid.replace("domain.created", "a\\\",\\\"b"), "the action is"),
                        Map.entry(valid.replace("2001:db8::7", "::1\\\""), "address"),
                        Map.entry(valid.replace("\"member\"", "\"admiral\""), "the actor is"),
                        Map.entry(valid.replace("\"domain\"", "\"a b\""), "the target is"),
                        Map.entry(
                                valid.replace("{\"name\"", "[{\"name\"").replace("}}", "}]}"),
                                "object"),
                        Map.entry(
                                valid.replace("\"ip\"", "\"unknown\": 1, \"ip\""),
                                "not an audit record"),
                        Map.entry(
                                record(UUID.randomUUID(), "domain.created", domain, tomorrow),
                                "time"),
                        Map.entry(
                                valid.replaceAll(
                                        "\"occurred_at\": \"[^\"]*\"",
                                        "\"occurred_at\": \"-100000-01-01T00:00:00Z\""),
                                "time"),
                        Map.entry(
                                valid.replace(accountId, UUID.randomUUID().toString()),
                                "audit_head_account_fk"));

        malformed.keySet().forEach(this::publish);
        publish(record(UUID.randomUUID(), "domain.removed", domain, Instant.now()));

        await().untilAsserted(() -> assertEvents(domain, 1));
        try (Topic deadLetters = new Topic(Topics.deadLetters(Topics.AUDIT))) {
            await().untilAsserted(() ->
                    assertThat(deadLetters.recordsOf(accountId)).hasSize(malformed.size()));
            for (ConsumerRecord<String, byte[]> letter : deadLetters.recordsOf(accountId)) {
                assertThat(header(letter, "dead-letter-reason"))
                        .contains(malformed.get(new String(letter.value(), UTF_8)));
                assertThat(header(letter, "dead-letter-topic")).isEqualTo("sendex.audit");
            }
        }
        assertChainIsValid();
    }

    @Test
    void tampering_with_a_record_of_another_service_is_detected() {
        UUID domain = UUID.randomUUID();
        publish(record(UUID.randomUUID(), "domain.created", domain, Instant.now()));
        await().untilAsserted(() -> assertEvents(domain, 1));
        String id = with(owner).get("/v1/audit-events?target=" + domain).path("data[0].id");

        tamper("update audit_event set actor_session_id = null where id = '%s'".formatted(id));

        with(owner)
                .get("/v1/audit-events/verify")
                .then()
                .body("valid", equalTo(false))
                .body("broken.id", equalTo(id))
                .body("broken.reason", containsString("content"));
    }

    @Test
    void records_of_another_account_are_not_returned() {
        UUID domain = UUID.randomUUID();
        publish(record(UUID.randomUUID(), "domain.created", domain, Instant.now()));
        await().untilAsserted(() -> assertEvents(domain, 1));

        with(anOwner())
                .get("/v1/audit-events?target=" + domain)
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
    }

    private void assertEvents(UUID target, int events) {
        with(owner)
                .get("/v1/audit-events?limit=100&target=" + target)
                .then()
                .statusCode(200)
                .body("data", hasSize(events));
    }

    private void assertChainIsValid() {
        with(owner).get("/v1/audit-events/verify").then().body("valid", equalTo(true));
    }

    private void publish(String record) {
        Topic.put(Topics.AUDIT, accountId, record);
    }

    private String record(UUID id, String action, UUID domain, Instant at) {
        return """
        {"id": "%s", "account_id": "%s", "occurred_at": "%s", "action": "%s",
         "actor": {"type": "member", "id": "%s", "session_id": "%s"}, "ip": "2001:db8::7",
         "target": {"type": "domain", "id": "%s"},
         "before": null, "after": {"name": "shop.example"}}
        """
                .formatted(id, accountId, at, action, MEMBER, SESSION, domain);
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    /// Bypasses the triggers, as an attacker with full access to the database can.
    private void tamper(String statement) {
        pool.withTransaction(transaction ->
                        transaction
                                .query("set local session_replication_role = replica")
                                .execute()
                                .chain(() -> transaction.query(statement).execute()))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
