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
    private static final String PLACE = "https://code.example/octo/hello/blob/main/settings.py";

    @Test
    void what_github_finds_is_revoked_and_the_account_told() {
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
                .body("data[0].revoked_reason", equalTo("GitHub found its token: " + PLACE));
        with(owner)
                .get("/v1/audit-events?action=api_key.leaked")
                .then()
                .body("data.actor.type", contains("system"))
                .body(not(containsString(token)));
    }

    @Test
    void webhooks_and_the_owners_of_account_and_key_are_told() throws IOException {
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
    void one_match_that_is_no_token_does_not_save_the_others() {
        String token = aKey(anOwner(), "api_keys:read");

        alert(List.of(match("sk_live_something"), match(aStrangersToken()), match(token)))
                .then()
                .statusCode(200)
                .body("label", contains("false_positive", "false_positive", "true_positive"));

        with(token).get("/v1/api-keys").then().statusCode(401);
    }

    @Test
    void the_same_alert_again_changes_nothing_more() {
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
    void a_token_that_was_rotated_away_ends_its_key_as_long_as_it_works() {
        String owner = anOwner();
        String former = aKey(owner, "api_keys:read");
        String id = with(former).get("/v1/api-keys/me").path("id");
        String present = with(owner).post("/v1/api-keys/%s/rotate".formatted(id)).path("token");

        alert(List.of(match(former))).then().body("label", contains("true_positive"));

        with(present).get("/v1/api-keys").then().statusCode(401);
    }

    @Test
    void members_that_github_adds_and_leaves_out_do_no_harm() {
        Map<String, Object> match = new HashMap<>(match(aKey(anOwner(), "api_keys:read")));
        match.put("commit", "c0ffee");
        match.remove("url");

        alert(List.of(match)).then().statusCode(200).body("label", contains("true_positive"));
        alert(List.of()).then().statusCode(200).body("$", empty());
        alert(List.of(Map.of("type", "sendex_api_key"))).then().statusCode(200);
    }

    @Test
    void what_github_did_not_sign_is_refused() {
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
    void what_is_no_alert_is_refused(String body) {
        byte[] bytes = body.getBytes(UTF_8);

        send(bytes, GitHubKey.ID, GitHubKey.sign(bytes))
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_error"));
    }

    @Test
    void anyone_who_found_a_key_can_have_it_revoked() {
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
    void a_report_tells_nobody_whether_it_was_a_key() {
        String genuine = report(aKey(anOwner(), "api_keys:read"), null).asString();
        String unknown = report(aStrangersToken(), null).asString();
        String nothing = report("nothing", null).asString();

        assertThat(genuine).isEqualTo(unknown).isEqualTo(nothing);
    }

    @Test
    void the_same_report_does_not_come_without_end() {
        String token = aStrangersToken();
        for (int time = 0; time < 10; time++) {
            report(token, null).then().statusCode(202);
        }

        report(token, null).then().statusCode(429).body("code", equalTo("rate_limit_exceeded"));
    }

    @Test
    void a_report_without_a_token_is_none() {
        anyone().body(Map.of("found_at", "somewhere"))
                .post("/v1/api-keys/report")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("token"));
    }

    private static Map<String, Object> match(String token) {
        return Map.of("token", token, "type", "sendex_api_key", "url", PLACE, "source", "content");
    }

    private static String aStrangersToken() {
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

    private static Response report(String token, String place) {
        Map<String, String> report = new HashMap<>(Map.of("token", token));
        if (place != null) {
            report.put("found_at", place);
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
