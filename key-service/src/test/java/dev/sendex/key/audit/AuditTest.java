package dev.sendex.key.audit;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.crypto.Sha256;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

@QuarkusTest
@RunningService
class AuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject AuditReader events;
    @Inject Pool pool;

    private String owner;

    @BeforeEach
    void anAccount() {
        owner = anOwner();
    }

    @Test
    void an_event_contains_actor_action_target_and_address() {
        Response issued = issue(owner, Map.of("preset", "read_only", "name", "audited"));
        String id = issued.path("id");

        with(owner)
                .queryParam("target", id)
                .get("/v1/audit-events")
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].action", equalTo("api_key.created"))
                .body("data[0].actor.type", equalTo("member"))
                .body("data[0].actor.id", equalTo(issued.path("created_by")))
                .body(
                        "data[0].actor.session_id",
                        equalTo(with(owner).get("/v1/sessions").path("data[0].id")))
                .body("data[0].ip", equalTo("127.0.0.1"))
                .body("data[0].target.type", equalTo("api_key"))
                .body("data[0].before", nullValue())
                .body("data[0].after.name", equalTo("audited"));
    }

    @Test
    void an_update_is_recorded_with_the_values_before_and_after() {
        String id = issue(owner, Map.of("preset", "read_only", "name", "old")).path("id");
        String editor = aKey(owner, permissions());
        with(editor).body("{\"name\":\"new\"}").patch("/v1/api-keys/" + id).then().statusCode(200);

        with(owner)
                .queryParam("action", "api_key.updated")
                .get("/v1/audit-events")
                .then()
                .body("data[0].actor.type", equalTo("api_key"))
                .body("data[0].actor.session_id", nullValue())
                .body("data[0].before.name", equalTo("old"))
                .body("data[0].after.name", equalTo("new"));
    }

    @Test
    void signing_up_and_renaming_the_account_are_recorded() {
        with(owner).body(Map.of("name", "Renamed")).patch("/v1/account").then().statusCode(200);

        assertThat(with(owner).get("/v1/audit-events").<List<String>>path("data.action"))
                .containsExactly("account.renamed", "session.opened", "account.created");
    }

    @Test
    void tokens_are_never_recorded() {
        Response issued = issue(owner, Map.of("type", "full_access"));
        String rotated =
                with(owner).post("/v1/api-keys/" + issued.path("id") + "/rotate").path("token");

        assertThat(export(owner)).doesNotContain(issued.path("token"), rotated);
    }

    @Test
    void a_failed_change_is_not_recorded() {
        issue(aKey(owner, "api_keys:write"), Map.of("type", "full_access")).then().statusCode(403);

        with(owner)
                .queryParam("action", "api_key.created")
                .get("/v1/audit-events")
                .then()
                .body("data", hasSize(1));
    }

    @Test
    void events_can_be_filtered_by_time_and_paged() {
        for (int i = 0; i < 3; i++) {
            issue(owner, Map.of("preset", "read_only"));
        }
        Response first =
                with(owner)
                        .queryParam("action", "api_key.created")
                        .queryParam("limit", 2)
                        .get("/v1/audit-events");
        first.then().body("has_more", equalTo(true)).body("data", hasSize(2));
        with(owner)
                .queryParam("action", "api_key.created")
                .queryParam("after", first.<String>path("data[1].id"))
                .get("/v1/audit-events")
                .then()
                .body("has_more", equalTo(false))
                .body("data", hasSize(1));
        with(owner)
                .queryParam("until", "2001-01-01T00:00:00Z")
                .get("/v1/audit-events")
                .then()
                .body("data", hasSize(0));
        with(owner)
                .get("/v1/audit-events/" + first.path("data[0].id"))
                .then()
                .statusCode(200)
                .body("hash", equalTo(first.path("data[0].hash")));
    }

    @ParameterizedTest
    @CsvSource({
        "action, session.opened, 1",
        "since, 2001-01-01T00:00:00Z, 2",
        "since, 2099-01-01T00:00:00Z, 0",
        "target_type, account, 1",
        "target_type, session, 1",
        "target_type, domain, 0",
        "ip, 127.0.0.1, 2",
        "ip, 127.0.0.0/8, 2",
        "ip, 192.0.2.0/24, 0",
        "ip, ::1, 0"
    })
    void events_can_be_filtered_by_action_target_type_time_and_address(
            String parameter, String value, int found) {
        with(owner)
                .queryParam(parameter, value)
                .get("/v1/audit-events")
                .then()
                .statusCode(200)
                .body("data", hasSize(found));
        assertThat(
                        with(owner)
                                .queryParam(parameter, value)
                                .get("/v1/audit-events/export")
                                .asString()
                                .lines())
                .hasSize(found);
    }

    @Test
    void events_can_be_filtered_by_actor() {
        String member = aMember(owner, "admin");
        Response issued = issue(member, Map.of("preset", "read_only"));

        with(owner)
                .queryParam("actor", issued.<String>path("created_by"))
                .get("/v1/audit-events")
                .then()
                .body("data[0].target.id", equalTo(issued.path("id")))
                .body("data.actor.id", everyItem(equalTo(issued.path("created_by"))));
        with(owner)
                .queryParam("actor", UUID.randomUUID())
                .get("/v1/audit-events")
                .then()
                .body("data", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource({
        "actor, me",
        "target, it",
        "ip, 10.0.0.300",
        "ip, 10.0.0.1/8",
        "since, yesterday",
        "since, +1000000000-01-01T00:00:00Z",
        "until, 1"
    })
    void an_invalid_filter_is_refused(String parameter, String value) {
        with(owner)
                .queryParam(parameter, value)
                .get("/v1/audit-events")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo(parameter));
        with(owner)
                .queryParam(parameter, value)
                .get("/v1/audit-events/export")
                .then()
                .statusCode(422);
    }

    @Test
    void events_of_another_account_are_not_found() {
        issue(owner, Map.of("preset", "read_only"));
        String event = with(owner).get("/v1/audit-events").path("data[0].id");
        String stranger = anOwner();

        with(stranger).get("/v1/audit-events/" + event).then().statusCode(404);
        with(stranger).get("/v1/audit-events/" + UUID.randomUUID()).then().statusCode(404);
        assertThat(export(stranger)).doesNotContain(event);
    }

    @Test
    void the_export_contains_one_event_per_line_oldest_first() {
        issue(owner, Map.of("preset", "read_only", "name", "first"));
        issue(owner, Map.of("preset", "read_only", "name", "second"));

        List<String> lines = export(owner).lines().toList();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(lines.get(lines.size() - 2)).startsWith("{").contains("\"first\"");
        assertThat(lines.getLast()).contains("\"second\"").endsWith("}");
    }

    @Test
    void an_unaltered_chain_is_valid() {
        for (int i = 0; i < 3; i++) {
            issue(owner, Map.of("preset", "read_only", "name", "Zoë \"quoted\" \\ \n\u2028 𝄞"));
        }

        with(owner)
                .get("/v1/audit-events/verify")
                .then()
                .statusCode(200)
                .body("valid", equalTo(true))
                .body("broken", nullValue())
                .body("head", equalTo(with(owner).get("/v1/audit-events").path("data[0].hash")));
    }

    /// As described in docs/audit.md, without this service's own code.
    @Test
    void an_export_can_be_verified_without_sendex() throws Exception {
        issue(owner, Map.of("preset", "read_only", "name", "Zoë \"quoted\" \\ \n"));
        issue(aKey(owner, permissions()), Map.of("preset", "read_only"));
        String claims = new String(Base64.getUrlDecoder().decode(owner.split("\\.", -1)[1]), UTF_8);
        String previous = "0".repeat(64);

        for (String line : export(owner).lines().toList()) {
            JsonNode event = JSON.readTree(line);
            Map<String, Object> hashed = new TreeMap<>();
            hashed.put("account_id", JSON.readTree(claims).get("account_id"));
            for (String member :
                    List.of("id", "sequence", "occurred_at", "action", "ip", "before", "after")) {
                hashed.put(member, JSON.convertValue(event.get(member), Object.class));
            }
            hashed.put("previous_hash", previous);
            hashed.put("actor_type", event.at("/actor/type"));
            hashed.put("actor_id", event.at("/actor/id"));
            if (!event.at("/actor/session_id").isNull()) {
                hashed.put("actor_session_id", event.at("/actor/session_id"));
            }
            hashed.put("target_type", event.at("/target/type"));
            hashed.put("target_id", event.at("/target/id"));
            previous = HexFormat.of().formatHex(Sha256.of(JSON.writeValueAsString(hashed)));

            assertThat(event.get("hash").textValue()).isEqualTo(previous);
        }
    }

    @Test
    void an_account_can_run_two_exports_or_verifications_at_a_time() {
        String owner = anOwner();
        UUID account = UUID.fromString(with(owner).get("/v1/account").path("id"));
        var one = AssertSubscriber.<StoredEvent>create(0);
        var other = AssertSubscriber.<StoredEvent>create(0);
        events.stream(account, AuditFilter.NONE).subscribe(one);
        events.stream(account, AuditFilter.NONE).subscribe(other);
        try {
            for (String read : List.of("verify", "export")) {
                with(owner)
                        .get("/v1/audit-events/" + read)
                        .then()
                        .statusCode(429)
                        .header("Retry-After", "10")
                        .body("code", equalTo("rate_limit_exceeded"));
                with(anOwner()).get("/v1/audit-events/" + read).then().statusCode(200);
            }
        } finally {
            one.cancel();
            other.cancel();
        }
        with(owner).get("/v1/audit-events/verify").then().body("valid", equalTo(true));
        assertThat(export(owner)).isNotEmpty();
    }

    @Test
    void an_export_is_read_as_fast_as_it_is_consumed() {
        UUID account = UUID.randomUUID();
        addEvents(account, 1, 1_200);

        var export = AssertSubscriber.<StoredEvent>create(1);
        events.stream(account, AuditFilter.NONE).subscribe(export);
        export.awaitItems(1);
        addEvents(account, 1_201, 1_300);
        export.request(Long.MAX_VALUE).awaitCompletion(Duration.ofSeconds(30));

        assertThat(export.getItems()).hasSize(1_300);
        assertThat(export.getItems().getLast().event().sequence()).isEqualTo(1_300);
    }

    private void addEvents(UUID account, int first, int last) {
        pool.preparedQuery(
                        """
                        insert into audit_event (account_id, sequence, id, occurred_at, action,
                            actor_type, target_type, target_id, previous_hash, hash)
                        select $1, n, gen_random_uuid(), now(), 'account.renamed', 'system',
                            'account', $1, '', ''
                        from generate_series($2::bigint, $3::bigint) as n
                        """)
                .execute(Tuple.of(account, (long) first, (long) last))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    @Test
    void concurrent_changes_form_one_chain() throws Exception {
        Callable<Integer> issue = () -> issue(owner, Map.of("preset", "read_only")).statusCode();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            assertThat(threads.invokeAll(Collections.nCopies(24, issue)))
                    .allSatisfy(done -> assertThat(done.get()).isEqualTo(201));
        }

        with(owner).get("/v1/audit-events/verify").then().body("valid", equalTo(true));
        with(owner)
                .queryParam("action", "api_key.created")
                .queryParam("limit", 100)
                .get("/v1/audit-events")
                .then()
                .body("data", hasSize(24));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update audit_event set after = '{}' where id = '%s' | content",
                "update audit_event set ip = '192.0.2.1' where id = '%s' | content",
                "update audit_event set occurred_at = occurred_at + interval '1 millisecond' where"
                        + " id = '%s' | content",
                "update audit_event set hash = previous_hash where id = '%s' | content",
                "delete from audit_event where id = '%s' | missing"
            })
    void tampering_with_an_event_is_detected(String tampering, String reason) throws SQLException {
        for (int i = 0; i < 3; i++) {
            issue(owner, Map.of("preset", "read_only"));
        }
        Response events = with(owner).get("/v1/audit-events");
        String id = events.path("data[1].id");
        int sequence = events.path("data[1].sequence");
        boolean deleted = tampering.startsWith("delete");

        asSuperuser(tampering.formatted(id));

        with(owner)
                .get("/v1/audit-events/verify")
                .then()
                .body("valid", equalTo(false))
                .body("broken.id", deleted ? notNullValue() : equalTo(id))
                .body("broken.sequence", equalTo(deleted ? sequence + 1 : sequence))
                .body("broken.reason", containsString(reason));
    }

    @Test
    void a_truncated_chain_is_detected() throws SQLException {
        issue(owner, Map.of("preset", "read_only"));
        Response events = with(owner).get("/v1/audit-events");

        asSuperuser(
                "delete from audit_event where id = '%s'"
                        .formatted(events.<String>path("data[0].id")));

        with(owner)
                .get("/v1/audit-events/verify")
                .then()
                .body("valid", equalTo(false))
                .body("broken.id", nullValue());
    }

    @Test
    void the_database_refuses_to_change_events() {
        issue(owner, Map.of("preset", "read_only"));

        for (String change :
                List.of(
                        "update audit_event set action = 'x'",
                        "delete from audit_event",
                        "truncate audit_event")) {
            assertThatThrownBy(() -> execute(change))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
    }

    private static String export(String token) {
        return with(token)
                .get("/v1/audit-events/export")
                .then()
                .statusCode(200)
                .contentType("application/x-ndjson")
                .extract()
                .asString();
    }

    private static String[] permissions() {
        return Stream.of(dev.sendex.common.permission.Permission.values())
                .map(dev.sendex.common.permission.Permission::value)
                .toArray(String[]::new);
    }

    /// Bypasses the triggers, as an attacker with full access to the database can.
    private static void asSuperuser(String statement) throws SQLException {
        execute("set session_replication_role = replica; " + statement);
    }

    private static void execute(String statements) throws SQLException {
        var config = ConfigProvider.getConfig();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl("jdbc:" + config.getValue("quarkus.datasource.reactive.url", String.class));
        try (Connection connection =
                        database.getConnection(
                                config.getValue("quarkus.datasource.username", String.class),
                                config.getValue("quarkus.datasource.password", String.class));
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }
}
