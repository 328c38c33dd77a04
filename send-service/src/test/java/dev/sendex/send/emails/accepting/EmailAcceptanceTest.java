package dev.sendex.send.emails.accepting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EmailAcceptanceTest extends SendServiceTest {

    @Test
    void a_domain_that_the_key_does_not_allow_is_refused() {
        TestAccount account = anAccount();
        trySend(account.keyFor("other.example"), account.email("ada@example.net"))
                .statusCode(403)
                .body("code", equalTo("domain_not_allowed"));
        trySend(account.keyFor("*.example"), account.email("ada@example.net")).statusCode(200);
    }

    @Test
    void a_domain_that_the_account_has_not_verified_is_refused() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("ada@example.net");
        email.put("from", "someone@else.example");
        trySend(account.key(), email).statusCode(403).body("code", equalTo("domain_not_verified"));
    }

    @Test
    void a_domain_that_another_account_has_verified_is_refused() {
        TestAccount owner = anAccount();
        TestAccount thief = anAccount();
        trySend(thief.key(), owner.email("ada@example.net"))
                .statusCode(403)
                .body("code", equalTo("domain_not_verified"));
    }

    @Test
    void of_many_concurrent_requests_each_gets_its_own_outcome() throws Exception {
        TestAccount account = anAccount();
        String limited =
                account.keyRestrictedBy(Map.of("sendex_sending_limit", Map.of("total", 5)));
        Map<String, Object> foreign = account.email("ada@example.net");
        foreign.put("from", "someone@else.example");
        List<Callable<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Map<String, Object> email = account.email("ada%d@example.net".formatted(i));
            requests.add(() -> status(account.key(), email));
            requests.add(() -> status(account.key(), foreign));
            requests.add(() -> status(limited, email));
        }

        Map<Integer, Long> statuses = new HashMap<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(30)) {
            for (Future<Integer> status : callers.invokeAll(requests)) {
                statuses.merge(status.get(), 1L, Long::sum);
            }
        }

        assertThat(statuses)
                .containsExactlyInAnyOrderEntriesOf(Map.of(200, 25L, 403, 20L, 429, 15L));
        as(account.key()).get("/v1/emails?limit=100").then().body("data", hasSize(25));
    }

    private static int status(String key, Map<String, Object> email) {
        return trySend(key, email).extract().statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "template, {}",
        "scheduled_at, in 1 hour",
        "unsubscribe, true",
    })
    void unsupported_members_are_refused_by_name(String member, String value) {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> email = account.email("ada@example.net");
        email.put(member, value);
        trySend(account.key(), email)
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", hasItem(member))
                .body("message", containsString("not supported yet"));
    }

    @Test
    void null_members_are_treated_as_absent() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("ada@example.net");
        List.of(
                        "cc",
                        "bcc",
                        "reply_to",
                        "text",
                        "headers",
                        "tags",
                        "attachments",
                        "template",
                        "scheduled_at",
                        "unsubscribe")
                .forEach(member -> email.put(member, null));
        trySend(account.key(), email).statusCode(200);
    }

    @Test
    void an_unknown_member_is_refused_by_name() {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> email = account.email("ada@example.net");
        email.put("colour", "red");
        trySend(account.key(), email)
                .statusCode(422)
                .body("code", equalTo("validation_error"))
                .body("errors.field", hasItem("colour"));
    }

    @Test
    void malformed_json_and_wrong_types_are_refused() {
        TestAccount account = TestAccount.create(authority);
        for (String body :
                List.of(
                        "",
                        "{",
                        "[]",
                        "null",
                        "{\"from\": 1}",
                        "{\"to\": {\"a\": 1}}",
                        "{\"to\": [1]}",
                        "{\"headers\": [1]}",
                        "{\"headers\": [{\"X-A\": \"b\"}]}",
                        "{\"tags\": \"x\"}",
                        "{} {}")) {
            as(account.key())
                    .body(body)
                    .post("/v1/emails")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation_error"));
        }
    }

    @Test
    void text_that_is_not_unicode_is_refused_by_name() {
        TestAccount account = TestAccount.create(authority);
        String email =
                """
                {"from": "hello@%s", "to": "ada@example.net", "subject": "Hello", "text": "a \\ud83d b"}
                """
                        .formatted(account.domain());
        as(account.key())
                .body(email)
                .post("/v1/emails")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", hasItem("text"));
    }

    @Test
    void an_email_from_two_senders_is_refused() {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> email = account.email("ada@example.net");
        email.put("headers", Map.of("FROM", "eve@example.net"));
        trySend(account.key(), email)
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", hasItem("headers.FROM"));
    }

    @Test
    void a_body_without_a_json_content_type_is_refused() {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .contentType("text/plain")
                .body("hello")
                .post("/v1/emails")
                .then()
                .statusCode(415)
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void an_email_larger_than_ses_accepts_is_refused() {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> email = account.email("ada@example.net");
        String content = Base64.getEncoder().encodeToString(new byte[8 * 1024 * 1024]);
        email.put("attachments", List.of(Map.of("filename", "a.bin", "content", content)));
        trySend(account.key(), email).statusCode(413).body("code", equalTo("payload_too_large"));
    }

    @Test
    void fifty_recipients_are_accepted_and_fifty_one_are_not() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("ada@example.net");
        email.put("cc", addresses(20));
        email.put("bcc", addresses(29));
        trySend(account.key(), email).statusCode(200);
        email.put("bcc", addresses(30));
        trySend(account.key(), email).statusCode(422).body("code", equalTo("invalid_parameter"));
    }

    @Test
    void while_the_key_cannot_be_checked_requests_are_answered_503_with_retry_after()
            throws Exception {
        TestAccount account = TestAccount.create(authority);
        authority.failWith(500);
        try {
            trySend(account.key(), account.email("ada@example.net"))
                    .statusCode(503)
                    .header("Retry-After", equalTo("1"))
                    .body("code", equalTo("service_unavailable"));
        } finally {
            authority.recover();
        }
    }

    private static List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj("r%d@example.net"::formatted).toList();
    }
}
