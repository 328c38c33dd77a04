package dev.sendex.send.domains;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.sandbox.SandboxControl.Verification;
import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DomainAuditTest extends SendServiceTest {

    @Inject Pool pool;
    @Inject ObjectMapper json;

    private KafkaClient log;

    @BeforeEach
    void follow() {
        log = KafkaClient.following("sendex.audit");
    }

    @AfterEach
    void stopFollowing() {
        log.close();
    }

    @Test
    void changes_to_a_domain_are_audited_with_actor_and_origin() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain(), 201);
        verify(account, id, 200);
        remove(account, id, 200);

        within(10).until(() -> auditRecords(account).size() == 3);
        assertThat(actions(account))
                .containsExactly(
                        "domain.created", "domain.verification_requested", "domain.removed");
        String keyId = ApiKeyToken.parse(account.key()).keyId().toString();
        assertThat(auditRecords(account))
                .allSatisfy(record -> {
                    assertThat(record.at("/actor/type").textValue()).isEqualTo("api_key");
                    assertThat(record.at("/actor/id").textValue()).isEqualTo(keyId);
                    assertThat(record.at("/ip").textValue()).isEqualTo("127.0.0.1");
                    assertThat(record.at("/target/type").textValue()).isEqualTo("domain");
                    assertThat(record.at("/target/id").textValue()).isEqualTo(id);
                });
    }

    @Test
    void a_verification_is_audited_with_the_result_from_ses() {
        TestAccount account = TestAccount.create(authority);
        ses.control().verification(Verification.PENDING);
        String id = create(account, account.domain(), 201);
        verify(account, id, 200);
        ses.control().verification(Verification.SUCCESS);
        verify(account, id, 200);

        within(10).until(() -> auditRecords(account).size() == 3);
        JsonNode created = auditRecords(account).getFirst();
        assertThat(created.get("before").isNull()).isTrue();
        assertThat(created.at("/after/name").textValue()).isEqualTo(account.domain());
        JsonNode verified = auditRecords(account).getLast();
        assertThat(verified.at("/before/status").textValue()).isEqualTo("pending");
        assertThat(verified.at("/after/status").textValue()).isEqualTo("verified");
        assertThat(verified.at("/after/verified_at").textValue()).endsWith("Z");
    }

    @Test
    void failed_requests_are_not_audited() {
        TestAccount first = TestAccount.create(authority);
        TestAccount second = TestAccount.create(authority);
        String ofFirst = create(first, first.domain(), 201);
        String ofSecond = create(second, first.domain(), 201);
        verify(second, ofSecond, 200);

        create(first, first.domain(), 409);
        verify(first, ofFirst, 409);
        remove(first, ofSecond, 404);
        remove(first, ofFirst, 200);
        remove(first, ofFirst, 404);

        within(10).until(() -> actions(first).contains("domain.removed"));
        assertThat(actions(first)).containsExactly("domain.created", "domain.removed");
        assertThat(actions(second))
                .containsExactly("domain.created", "domain.verification_requested");
    }

    @Test
    void a_change_that_cannot_be_audited_is_not_made() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, "kept." + account.domain(), 201);
        sql("alter table outbox add constraint no_audit check (topic <> 'sendex.audit') not valid");
        try {
            withoutContract(account)
                    .body(Map.of("name", account.domain()))
                    .post("/v1/domains")
                    .then()
                    .statusCode(500);
            withoutContract(account).post("/v1/domains/{id}/verify", id).then().statusCode(500);
            withoutContract(account).delete("/v1/domains/{id}", id).then().statusCode(500);
        } finally {
            sql("alter table outbox drop constraint no_audit");
        }

        as(account.key())
                .get("/v1/domains")
                .then()
                .body("data.id", contains(id))
                .body("data.status", contains("not_started"));
    }

    /// A request without contract checks, since it fails in an undocumented way.
    private static RequestSpecification withoutContract(TestAccount account) {
        return given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + account.key());
    }

    private List<JsonNode> auditRecords(TestAccount account) {
        return log.records()
                .filter(record -> account.id().toString().equals(record.key()))
                .map(record -> read(record.value()))
                .toList();
    }

    private List<String> actions(TestAccount account) {
        return auditRecords(account).stream()
                .map(record -> record.get("action").textValue())
                .toList();
    }

    private JsonNode read(byte[] value) {
        try {
            return json.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(String statement) {
        pool.query(statement).execute().await().atMost(Duration.ofSeconds(10));
    }

    private String create(TestAccount account, String name, int status) {
        String id =
                as(account.key())
                        .body(Map.of("name", name))
                        .post("/v1/domains")
                        .then()
                        .statusCode(status)
                        .extract()
                        .path("id");
        if (status == 201) {
            setChallenge(account, id);
        }
        return id;
    }

    private static void verify(TestAccount account, String id, int status) {
        as(account.key()).post("/v1/domains/{id}/verify", id).then().statusCode(status);
    }

    private static void remove(TestAccount account, String id, int status) {
        as(account.key()).delete("/v1/domains/{id}", id).then().statusCode(status);
    }
}
