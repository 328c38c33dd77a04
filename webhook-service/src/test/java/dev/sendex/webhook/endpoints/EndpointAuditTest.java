package dev.sendex.webhook.endpoints;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.webhook.Caller;
import dev.sendex.webhook.Records;
import dev.sendex.webhook.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class EndpointAuditTest {

    private static final String URL = "https://customer.example/hook";

    IntrospectionAuthority authority;

    @Inject Pool pool;

    private Caller caller;
    private Records log;

    @BeforeEach
    void follow() {
        caller = Caller.with(authority);
        log = Records.of("sendex.audit");
    }

    @AfterEach
    void stopFollowing() {
        log.close();
    }

    @Test
    void changes_to_an_endpoint_are_audited_with_actor_and_origin() {
        String id = caller.create(URL, "email.sent").path("id");
        change(id, Map.of("events", List.of("email.opened")), 200);
        change(id, Map.of("status", "disabled"), 200);
        change(id, Map.of("status", "enabled"), 200);
        caller.request().delete("/v1/webhooks/" + id).then().statusCode(200);

        await().untilAsserted(() ->
                assertThat(actions())
                        .containsExactly(
                                "webhook.created",
                                "webhook.updated",
                                "webhook.disabled",
                                "webhook.enabled",
                                "webhook.removed"));
        String keyId = ApiKeyToken.parse(caller.token()).keyId().toString();
        assertThat(auditRecords())
                .allSatisfy(record -> {
                    assertThat(record.getString("actor.type")).isEqualTo("api_key");
                    assertThat(record.getString("actor.id")).isEqualTo(keyId);
                    assertThat(record.getString("ip")).isEqualTo("127.0.0.1");
                    assertThat(record.getString("target.type")).isEqualTo("webhook");
                    assertThat(record.getString("target.id")).isEqualTo(id);
                });
        JsonPath edited = auditRecords().get(1);
        assertThat(edited.<String>getList("before.events")).containsExactly("email.sent");
        assertThat(edited.<String>getList("after.events")).containsExactly("email.opened");
    }

    @Test
    void audit_records_contain_no_secrets_even_from_urls() {
        Response created =
                caller.create(
                        "https://hooks.example:8443/in/T0psecret?token=hunter2", "email.sent");
        change(created.path("id"), Map.of("endpoint", "https://hooks.example:8443/in/0ther"), 200);

        await().untilAsserted(() -> assertThat(auditRecords()).hasSize(2));
        assertThat(String.join("\n", log.valuesOf(caller.accountId().toString())))
                .doesNotContain("T0psecret", "token", "hunter2", "0ther", "whsec_")
                .doesNotContain(created.<String>path("signing_secret").substring(6));
        String before = auditRecords().getLast().getString("before.endpoint");
        String after = auditRecords().getLast().getString("after.endpoint");
        assertThat(before).startsWith("https://hooks.example:8443/…#").isNotEqualTo(after);
        assertThat(after).startsWith("https://hooks.example:8443/…#");
    }

    @Test
    void reading_the_secret_is_audited_and_reading_without_it_is_not() {
        String id = caller.create(URL, "email.sent").path("id");
        String account = caller.accountId().toString();
        Caller reader =
                Caller.restrictedBy(
                        authority,
                        Map.of("sub", account, "username", account),
                        Permission.WEBHOOKS_READ);
        caller.request().get("/v1/webhooks").then().statusCode(200);
        reader.request().get("/v1/webhooks/" + id).then().statusCode(200);
        caller.request().get("/v1/webhooks/" + id).then().statusCode(200);
        caller.request().delete("/v1/webhooks/" + id).then().statusCode(200);

        await().untilAsserted(() -> assertThat(actions()).contains("webhook.removed"));
        assertThat(actions())
                .containsExactly("webhook.created", "webhook.secret_read", "webhook.removed");
        JsonPath read = auditRecords().get(1);
        assertThat(read.getString("actor.id"))
                .isEqualTo(ApiKeyToken.parse(caller.token()).keyId().toString());
        assertThat(read.getString("target.id")).isEqualTo(id);
    }

    @Test
    void failures_and_changes_without_effect_are_not_audited() {
        String id = caller.create(URL, "email.sent").path("id");
        caller.create("ftp://customer.example", "email.sent").then().statusCode(422);
        change(id, Map.of("events", List.of("email.stolen")), 422);
        change(id, Map.of("status", "enabled"), 200);
        Caller stranger = Caller.with(authority);
        stranger.request().delete("/v1/webhooks/" + id).then().statusCode(404);
        caller.request().delete("/v1/webhooks/" + id).then().statusCode(200);

        await().untilAsserted(() -> assertThat(actions()).contains("webhook.removed"));
        assertThat(actions()).containsExactly("webhook.created", "webhook.removed");
        assertThat(log.recordsOf(stranger.accountId().toString())).isEmpty();
    }

    @Test
    void a_change_that_cannot_be_audited_is_not_made() {
        String id = caller.create(URL, "email.sent").path("id");
        sql("alter table outbox add constraint no_audit check (topic <> 'sendex.audit') not valid");
        try {
            withoutContract()
                    .body(Map.of("endpoint", URL, "events", List.of("email.sent")))
                    .post("/v1/webhooks")
                    .then()
                    .statusCode(500);
            withoutContract()
                    .body(Map.of("status", "disabled"))
                    .patch("/v1/webhooks/" + id)
                    .then()
                    .statusCode(500);
            withoutContract().delete("/v1/webhooks/" + id).then().statusCode(500);
            withoutContract().get("/v1/webhooks/" + id).then().statusCode(500);
        } finally {
            sql("alter table outbox drop constraint no_audit");
        }

        caller.request()
                .get("/v1/webhooks")
                .then()
                .body("data.id", contains(id))
                .body("data.status", contains("enabled"));
    }

    /// A request without contract checks, since it fails in an undocumented way.
    private RequestSpecification withoutContract() {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + caller.token());
    }

    private void change(String id, Map<String, ?> change, int status) {
        caller.request().body(change).patch("/v1/webhooks/" + id).then().statusCode(status);
    }

    private List<JsonPath> auditRecords() {
        return log.valuesOf(caller.accountId().toString()).stream().map(JsonPath::new).toList();
    }

    private List<String> actions() {
        return auditRecords().stream().map(record -> record.getString("action")).toList();
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(Duration.ofSeconds(10));
    }
}
