package dev.sendex.send.emails.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmailReadingTest extends SendServiceTest {

    @Test
    void an_email_is_returned_as_it_was_accepted() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("Ada Lovelace <ada@example.net>");
        email.put("cc", List.of("bob@example.net"));
        email.put("bcc", "eve@example.net");
        email.put("reply_to", "\"Acme, Inc.\" <help@example.net>");
        email.put("text", "Thanks");
        email.put("tags", List.of(Map.of("name", "order", "value", "42")));
        String id = send(account, email);

        JsonPath shown =
                as(account.key())
                        .get("/v1/emails/{id}", id)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
        assertThat(shown.getString("object")).isEqualTo("email");
        assertThat(shown.getString("from")).isEqualTo("Acme <hello@" + account.domain() + ">");
        assertThat(shown.getList("to")).isEqualTo(List.of("Ada Lovelace <ada@example.net>"));
        assertThat(shown.getList("cc")).isEqualTo(List.of("bob@example.net"));
        assertThat(shown.getList("bcc")).isEqualTo(List.of("eve@example.net"));
        assertThat(shown.getList("reply_to"))
                .isEqualTo(List.of("\"Acme, Inc.\" <help@example.net>"));
        assertThat(shown.getString("text")).isEqualTo("Thanks");
        assertThat(shown.getList("tags")).isEqualTo(email.get("tags"));
        assertThat(shown.getString("created_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void a_list_is_paged_from_the_newest_to_the_oldest_and_back() {
        TestAccount account = anAccount();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(send(account, account.email("ada@example.net")));
        }
        JsonPath first = list(account, "limit=2");
        assertThat(first.getList("data.id")).isEqualTo(newestFirst.subList(0, 2));
        assertThat(first.getBoolean("has_more")).isTrue();

        JsonPath last = list(account, "limit=3&after=" + newestFirst.get(1));
        assertThat(last.getList("data.id")).isEqualTo(newestFirst.subList(2, 5));
        assertThat(last.getBoolean("has_more")).isFalse();

        JsonPath back = list(account, "limit=2&before=" + newestFirst.get(3));
        assertThat(back.getList("data.id")).isEqualTo(newestFirst.subList(1, 3));
        assertThat(back.getBoolean("has_more")).isTrue();
    }

    @Test
    void a_timeline_is_paged() {
        TestAccount account = anAccount();
        String id = send(account, account.email("ada@example.net"));
        for (String query : List.of("limit=20", "limit=1", "after=" + id, "before=" + id)) {
            as(account.key())
                    .get("/v1/emails/" + id + "/events?" + query)
                    .then()
                    .statusCode(200)
                    .body("object", equalTo("list"));
        }
        as(account.key()).get("/v1/emails/{id}/events?limit=0", id).then().statusCode(422);
    }

    @Test
    void invalid_paging_parameters_are_refused() {
        TestAccount account = TestAccount.create(authority);
        String id = "01890000-0000-7000-8000-000000000000";
        for (String query :
                List.of(
                        "limit=0",
                        "limit=101",
                        "limit=x",
                        "after=x",
                        "after=" + id + "&before=" + id)) {
            as(account.key())
                    .get("/v1/emails?" + query)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("invalid_parameter"));
        }
    }

    @Test
    void emails_of_another_account_are_not_found() {
        TestAccount owner = anAccount();
        TestAccount other = TestAccount.create(authority);
        String id = send(owner, owner.email("ada@example.net"));
        for (String path :
                List.of("/v1/emails/" + id, "/v1/emails/" + id + "/events", "/v1/emails/x")) {
            as(other.key()).get(path).then().statusCode(404).body("code", equalTo("not_found"));
        }
        assertThat(list(other, "limit=20").getList("data")).isEmpty();
    }

    private static JsonPath list(TestAccount account, String query) {
        return as(account.key())
                .get("/v1/emails?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
