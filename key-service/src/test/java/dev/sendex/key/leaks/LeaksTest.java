package dev.sendex.key.leaks;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.GitHubKey;
import dev.sendex.key.MailReceiver;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class LeaksTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String FOUND_AT = "https://code.example/octo/hello/blob/main/settings.py";

    @Test
    void a_key_that_github_finds_is_revoked_and_audited() {
        String owner = anOwner();
        String token = aKey(owner, "api_keys:read");

        alert(List.of(match(token)))
                .then()
                .statusCode(200)
                .body("label", contains("true_positive"))
                .body("token_type", contains("sendex_api_key"));

        with(token).get("/v1/api-keys").then().statusCode(401);
        with(owner)
                .get("/v1/api-keys")
                .then()
                .body("data[0].state", equalTo("revoked"))
                .body("data[0].revoked_reason", equalTo("GitHub found its token: " + FOUND_AT));
        with(owner)
                .get("/v1/audit-events?action=api_key.leaked")
                .then()
                .body("data.actor.type", contains("system"))
                .body(not(containsString(token)));
    }

    @Test
    void webhooks_and_the_owners_of_account_and_key_are_notified() throws IOException {
        String email = anEmail();
        String owner = signUp(email).path("access_token");
        String membersEmail = anEmail();
        String member = join(owner, membersEmail, "developer").path("access_token");
        Response key = issue(member, Map.of("preset", "read_only", "name", "of the site"));
        String id = key.path("id");
        MailReceiver.open("sk_test_of_the_operator");
        try (Topic events = new Topic("sendex.events")) {
            report(key.path("token"), null).then().statusCode(202);

            await().atMost(TIMEOUT)
                    .until(() ->
                            MailReceiver.to(email).size() == 1
                                    && MailReceiver.to(membersEmail).size() == 1);
            assertThat(MailReceiver.to(email).getFirst().body().toString())
                    .contains("of the site", "Somebody reported its token")
                    .doesNotContain(key.<String>path("token"));
            String accountId = with(owner).get("/v1/account").path("id");
            await().atMost(TIMEOUT)
                    .until(() -> events.events(accountId, "api_key.leaked", id).size() == 1);
        } finally {
            MailReceiver.close();
        }
    }

    @Test
    void an_unknown_token_does_not_prevent_other_revocations() {
        String token = aKey(anOwner(), "api_keys:read");

        alert(List.of(match("sk_live_something"), match(anUnknownToken()), match(token)))
                .then()
                .statusCode(200)
                .body("label", contains("false_positive", "false_positive", "true_positive"));

        with(token).get("/v1/api-keys").then().statusCode(401);
    }

    @Test
    void a_repeated_alert_changes_nothing() {
        String owner = anOwner();
        String token = aKey(owner, "api_keys:read");
        alert(List.of(match(token)));

        alert(List.of(match(token), match(token)))
                .then()
                .body("label", contains("true_positive", "true_positive"));

        with(owner)
                .get("/v1/audit-events?action=api_key.leaked")
                .then()
                .body("data.action", contains("api_key.leaked"));
    }

    @Test
    void a_previous_token_revokes_its_key_during_the_overlap() {
        String owner = anOwner();
        String previous = aKey(owner, "api_keys:read");
        String id = with(previous).get("/v1/api-keys/me").path("id");
        String current = with(owner).post("/v1/api-keys/%s/rotate".formatted(id)).path("token");

        alert(List.of(match(previous))).then().body("label", contains("true_positive"));

        with(current).get("/v1/api-keys").then().statusCode(401);
    }

    @Test
    void unknown_and_missing_members_in_an_alert_are_accepted() {
        Map<String, Object> match = new HashMap<>(match(aKey(anOwner(), "api_keys:read")));
        match.put("commit", "c0ffee");
        match.remove("url");

        alert(List.of(match)).then().statusCode(200).body("label", contains("true_positive"));
        alert(List.of()).then().statusCode(200).body("$", empty());
        alert(List.of(Map.of("type", "sendex_api_key"))).then().statusCode(200);
    }

    @Test
    void an_alert_without_a_valid_signature_is_refused() {
        byte[] body = json(List.of(match(aKey(anOwner(), "api_keys:read"))));
        String signature = GitHubKey.sign(body);
        byte[] other = json(List.of(match(aKey(anOwner(), "api_keys:read"))));

        send(other, GitHubKey.ID, signature).then().statusCode(403);
        send(body, GitHubKey.ID, GitHubKey.sign(GitHubKey.pair(), body)).then().statusCode(403);
        send(body, "another", signature).then().statusCode(403);
        send(body, GitHubKey.ID, "no signature").then().statusCode(403);
        send(body, GitHubKey.ID, "").then().statusCode(403).body("code", equalTo("forbidden"));
        anyone().body(body).post("/v1/api-keys/leaks").then().statusCode(403);
        send(body, GitHubKey.ID, signature).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "\"text\"", "[1]", "[[]]"})
    void a_malformed_alert_is_refused(String body) {
        byte[] bytes = body.getBytes(UTF_8);

        send(bytes, GitHubKey.ID, GitHubKey.sign(bytes))
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_error"));
    }

    @Test
    void anyone_can_report_a_leaked_key_and_it_is_revoked() {
        String owner = anOwner();
        String token = aKey(owner, "api_keys:read");

        report(token, "in a chat, as " + token).then().statusCode(202);

        with(token).get("/v1/api-keys").then().statusCode(401);
        with(owner)
                .get("/v1/api-keys")
                .then()
                .body(
                        "data.revoked_reason",
                        hasItem(startsWith("Somebody reported its token: in a chat, as …")));
        with(owner)
                .get("/v1/audit-events?action=api_key.leaked")
                .then()
                .body("data.ip", contains("127.0.0.1"));
    }

    @Test
    void the_response_to_a_report_does_not_disclose_whether_the_key_exists() {
        String genuine = report(aKey(anOwner(), "api_keys:read"), null).asString();
        String unknown = report(anUnknownToken(), null).asString();
        String nothing = report("nothing", null).asString();

        assertThat(genuine).isEqualTo(unknown).isEqualTo(nothing);
    }

    @Test
    void repeated_reports_are_rate_limited() {
        String token = anUnknownToken();
        for (int time = 0; time < 10; time++) {
            report(token, null).then().statusCode(202);
        }

        report(token, null).then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
    }

    @Test
    void a_report_without_a_token_is_refused() {
        anyone().body(Map.of("found_at", "somewhere"))
                .post("/v1/api-keys/report")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("token"));
    }

    private static Map<String, Object> match(String token) {
        return Map.of(
                "token", token, "type", "sendex_api_key", "url", FOUND_AT, "source", "content");
    }

    private static String anUnknownToken() {
        return ApiKeyToken.generate(Environment.LIVE, UUID.randomUUID(), new SecureRandom())
                .value();
    }

    private static Response alert(List<Map<String, Object>> matches) {
        byte[] body = json(matches);
        return send(body, GitHubKey.ID, GitHubKey.sign(body));
    }

    private static Response send(byte[] body, String keyId, String signature) {
        return anyone().header("Github-Public-Key-Identifier", keyId)
                .header("Github-Public-Key-Signature", signature)
                .body(body)
                .post("/v1/api-keys/leaks");
    }

    private static Response report(String token, String foundAt) {
        Map<String, String> report = new HashMap<>(Map.of("token", token));
        if (foundAt != null) {
            report.put("found_at", foundAt);
        }
        return anyone().body(report).post("/v1/api-keys/report");
    }

    private static byte[] json(Object value) {
        try {
            return new ObjectMapper().writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
