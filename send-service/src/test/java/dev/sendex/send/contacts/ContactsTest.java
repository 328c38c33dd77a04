package dev.sendex.send.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ContactsTest extends SendServiceTest {

    @Test
    void a_contact_is_stored_and_listed() {
        TestAccount account = TestAccount.create(authority);
        String ada =
                create(account, Map.of("email", "Ada@Example.net", "first_name", "Ada"))
                        .statusCode(201)
                        .body("email", equalTo("ada@example.net"))
                        .body("first_name", equalTo("Ada"))
                        .body("unsubscribed", equalTo(false))
                        .extract()
                        .path("id");
        String bob =
                create(account, Map.of("email", "bob@example.net", "unsubscribed", true))
                        .statusCode(201)
                        .extract()
                        .path("id");
        assertThat(list(account, "")).isEqualTo(List.of(bob, ada));
        assertThat(list(account, "?after=" + bob)).isEqualTo(List.of(ada));
        assertThat(list(account, "?before=" + ada)).isEqualTo(List.of(bob));
        assertThat(list(TestAccount.create(authority), "")).isEmpty();
    }

    @Test
    void an_address_is_unique_ignoring_case() {
        TestAccount account = TestAccount.create(authority);
        create(account, Map.of("email", "ada@example.net")).statusCode(201);
        create(account, Map.of("email", "ADA@example.net"))
                .statusCode(409)
                .body("code", equalTo("conflict"));
        create(TestAccount.create(authority), Map.of("email", "ada@example.net")).statusCode(201);
    }

    @Test
    void invalid_contacts_are_refused() {
        TestAccount account = TestAccount.create(authority);
        create(account, Map.of()).statusCode(422).body("code", equalTo("missing_required_field"));
        create(account, Map.of("email", "nobody")).statusCode(422);
        create(account, Map.of("email", "Ada <ada@example.net>")).statusCode(422);
        create(account, Map.of("email", "ada@example.net", "first_name", "a\r\nb")).statusCode(422);
        create(account, Map.of("email", "ada@example.net", "unsubscribed", "yes")).statusCode(400);
        as(account.key())
                .contentType("text/plain")
                .body("x")
                .post("/v1/contacts")
                .then()
                .statusCode(415);
        as(account.key()).get("/v1/contacts?limit=0").then().statusCode(422);
    }

    private static ValidatableResponse create(TestAccount account, Map<String, Object> contact) {
        return as(account.key()).body(contact).post("/v1/contacts").then();
    }

    private static List<String> list(TestAccount account, String query) {
        return as(account.key())
                .get("/v1/contacts" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }
}
