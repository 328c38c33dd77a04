package dev.sendex.send;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.sendex.fixture.Contract;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import dev.sendex.fixture.PostgresResource;
import dev.sendex.fixture.SesSandboxResource;
import dev.sendex.sandbox.SandboxMessage;
import dev.sendex.sandbox.SesSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;

/// The base of tests over HTTP: starts the servers that the service needs, and has helpers for
/// requests.
@QuarkusTestResource(
        value = PostgresResource.class,
        initArgs = {
            @ResourceArg(name = "database", value = "sendex_send"),
            @ResourceArg(name = "schema", value = "send")
        })
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(SesSandboxResource.class)
@QuarkusTestResource(IntrospectionResource.class)
@QuarkusTestResource(TestSettings.class)
public abstract class SendServiceTest {

    private static final Contract CONTRACT = Contract.read();

    /// Set by the resources.
    protected SesSandbox ses;

    /// Set by the resources.
    protected IntrospectionAuthority authority;

    @BeforeEach
    void resetSes() {
        ses.control().reset();
    }

    /// A new account whose domain is verified.
    protected TestAccount anAccount() {
        TestAccount account = TestAccount.create(authority);
        String id =
                as(account.key())
                        .body(Map.of("name", account.domain()))
                        .post("/v1/domains")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        setChallenge(account, id);
        as(account.key()).post("/v1/domains/{id}/verify", id).then().statusCode(200);
        return account;
    }

    /// Sets the DNS record that proves that the account controls the domain.
    protected void setChallenge(TestAccount account, String domainId) {
        JsonPath domain =
                as(account.key()).get("/v1/domains/{id}", domainId).then().extract().jsonPath();
        ses.dns().put(domain.getString("records[0].name"), domain.getString("records[0].value"));
    }

    protected static RequestSpecification as(String token) {
        return given().filter(CONTRACT.check())
                .contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + token);
    }

    protected static String send(TestAccount account, Map<String, Object> email) {
        return trySend(account.key(), email).statusCode(200).extract().path("id");
    }

    protected static ValidatableResponse trySend(String key, Map<String, Object> email) {
        return as(key).body(email).post("/v1/emails").then();
    }

    protected static String lastEvent(TestAccount account, String emailId) {
        return as(account.key())
                .get("/v1/emails/{id}", emailId)
                .then()
                .statusCode(200)
                .extract()
                .path("last_event");
    }

    protected static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(50));
    }

    /// The messages that SES accepted for an email; more than one means that it was sent twice.
    protected List<SandboxMessage> acceptedBySes(String emailId) {
        return ses.messages().stream()
                .filter(message -> emailId.equals(message.tags().get("sendex_email_id")))
                .toList();
    }

    /// The events that SES published about an email, oldest first. Tests have to publish them to
    /// Kafka themselves.
    protected List<String> eventsAbout(String emailId) {
        return ses.events().stream().filter(event -> event.contains(emailId)).distinct().toList();
    }

    /// Matches the domain event of this type about this email on `sendex.events`.
    protected static Predicate<String> domainEvent(
            String type, TestAccount account, String emailId) {
        return event ->
                event.contains("\"type\":\"" + type + '"')
                        && event.contains("\"account_id\":\"" + account.id() + '"')
                        && event.contains("\"email_id\":\"" + emailId + '"');
    }
}
