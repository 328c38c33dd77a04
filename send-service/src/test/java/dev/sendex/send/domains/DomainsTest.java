package dev.sendex.send.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DomainsTest extends DomainFixture {

    private static final Map<String, Object> CURRENT_OPTIONS =
            Map.of(
                    "tls",
                    "opportunistic",
                    "open_tracking",
                    false,
                    "click_tracking",
                    true,
                    "tracking_subdomain",
                    "",
                    "capabilities",
                    Map.of("sending", "enabled", "receiving", "disabled"));

    @Test
    void a_new_domain_is_returned_with_its_dns_records() {
        TestAccount account = TestAccount.create(authority);
        JsonPath domain =
                as(account.key())
                        .body(Map.of("name", account.domain()))
                        .post("/v1/domains")
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath();
        assertThat(domain.getString("status")).isEqualTo("not_started");
        assertThat(domain.getList("records.record"))
                .isEqualTo(List.of("DKIM", "SPF", "SPF", "DKIM", "DKIM", "DKIM"));
        assertThat(domain.getString("records[0].name")).isEqualTo("_sendex." + account.domain());
        assertThat(domain.getString("records[0].type")).isEqualTo("TXT");
        assertThat(domain.getString("records[0].value"))
                .matches("sendex-domain-verification=[0-9a-f]{32}");
        assertThat(domain.getString("records[1].name")).isEqualTo("send." + account.domain());
        assertThat(domain.getString("records[1].value"))
                .isEqualTo("feedback-smtp.eu-west-1.amazonses.com");
        assertThat(domain.getString("records[3].value")).endsWith(".dkim.amazonses.com");
        assertThat(domain.getString("records[3].name")).endsWith("._domainkey." + account.domain());
        assertThat(domain.getString("dmarc.name")).isEqualTo("_dmarc." + account.domain());
        assertThat(domain.getString("dmarc.value")).startsWith("v=DMARC1;");
    }

    @Test
    void a_domain_can_send_but_not_receive() {
        TestAccount account = TestAccount.create(authority);
        String id = createUnproven(account, account.domain());
        as(account.key())
                .get("/v1/domains/{id}", id)
                .then()
                .body("capabilities.sending", equalTo("enabled"))
                .body("capabilities.receiving", equalTo("disabled"))
                .body("tls", equalTo("opportunistic"))
                .body("open_tracking", equalTo(false))
                .body("click_tracking", equalTo(true));
        as(account.key())
                .get("/v1/domains")
                .then()
                .body("data[0].capabilities.sending", equalTo("enabled"));
    }

    @Test
    void options_with_their_current_values_are_accepted() {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> request = new HashMap<>(CURRENT_OPTIONS);
        request.put("name", account.domain());
        request.put("region", "eu-west-1");
        String id =
                as(account.key())
                        .body(request)
                        .post("/v1/domains")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id");
        as(account.key())
                .body(CURRENT_OPTIONS)
                .patch("/v1/domains/{id}", id)
                .then()
                .statusCode(200)
                .body("object", equalTo("domain"))
                .body("id", equalTo(id));
        for (Map<String, Object> other :
                List.<Map<String, Object>>of(Map.of(), Map.of("tls", "OPPORTUNISTIC"))) {
            as(account.key()).body(other).patch("/v1/domains/{id}", id).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @MethodSource
    void unsupported_options_are_refused(String field, Map<String, Object> options) {
        TestAccount account = TestAccount.create(authority);
        Map<String, Object> request = new HashMap<>(options);
        request.put("name", account.domain());
        as(account.key())
                .body(request)
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains(field));
        as(account.key()).get("/v1/domains").then().body("data", empty());

        String id = createUnproven(account, account.domain());
        as(account.key())
                .body(options)
                .patch("/v1/domains/{id}", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains(field));
    }

    static List<Arguments> unsupported_options_are_refused() {
        return List.of(
                arguments("tls", Map.of("tls", "enforced")),
                arguments("open_tracking", Map.of("open_tracking", true)),
                arguments("click_tracking", Map.of("click_tracking", false)),
                arguments("tracking_subdomain", Map.of("tracking_subdomain", "links")),
                arguments(
                        "capabilities.receiving",
                        Map.of("capabilities", Map.of("receiving", "enabled"))),
                arguments(
                        "capabilities.sending",
                        Map.of("capabilities", Map.of("sending", "disabled"))));
    }

    @Test
    void another_region_is_refused_and_the_error_names_the_available_one() {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .body(Map.of("name", account.domain(), "region", "us-east-1"))
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("errors.field", contains("region"))
                .body("message", containsString("`eu-west-1`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "-a", "a-", "1a", "_dmarc", "a b", "ä"})
    void a_return_path_must_be_one_label(String label) {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .body(Map.of("name", account.domain(), "custom_return_path", label))
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("errors.field", contains("custom_return_path"));
    }

    @Test
    void an_id_repeated_in_the_body_is_ignored() {
        TestAccount account = TestAccount.create(authority);
        String id = createUnproven(account, account.domain());
        for (String member : List.of("id", "domain_id")) {
            as(account.key())
                    .body(Map.of(member, id, "tls", "opportunistic"))
                    .patch("/v1/domains/{id}", id)
                    .then()
                    .statusCode(200);
        }
        for (Map<String, Object> other :
                List.<Map<String, Object>>of(
                        Map.of("id", "01890000-0000-7000-8000-000000000000"),
                        Map.of("domain", id),
                        Map.of("capabilities", Map.of("id", id)))) {
            as(account.key())
                    .body(other)
                    .patch("/v1/domains/{id}", id)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("validation_error"));
        }
    }

    @Test
    void an_unknown_domain_cannot_be_changed() {
        as(TestAccount.create(authority).key())
                .body(Map.of())
                .patch("/v1/domains/{id}", "01890000-0000-7000-8000-000000000000")
                .then()
                .statusCode(404);
    }

    @Test
    void an_account_cannot_add_a_domain_twice() {
        TestAccount account = TestAccount.create(authority);
        create(account, account.domain());
        as(account.key())
                .body(Map.of("name", account.domain().toUpperCase()))
                .post("/v1/domains")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator.example", "mail.operator.example", "OPERATOR.example"})
    void reserved_domains_cannot_be_added(String name) {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .body(Map.of("name", name))
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("name"));
    }

    @Test
    void a_removed_domain_is_not_found_and_cannot_send() {
        TestAccount account = TestAccount.create(authority);
        String id = create(account, account.domain());
        verify(account, id, 200);
        as(account.key())
                .delete("/v1/domains/{id}", id)
                .then()
                .statusCode(200)
                .body("deleted", equalTo(true));
        as(account.key()).get("/v1/domains/{id}", id).then().statusCode(404);
        trySend(account.key(), account.email("ada@example.net")).statusCode(403);
        create(account, account.domain());
    }

    @Test
    void domains_are_listed_newest_first() {
        TestAccount account = TestAccount.create(authority);
        String one = create(account, "one." + account.domain());
        String two = create(account, "two." + account.domain());
        assertThat(list(account, "")).isEqualTo(List.of(two, one));
        assertThat(list(account, "?after=" + two)).isEqualTo(List.of(one));
        assertThat(list(account, "?before=" + one)).isEqualTo(List.of(two));
        as(account.key()).get("/v1/domains?limit=0").then().statusCode(422);
    }

    @Test
    void an_international_name_is_stored_in_ascii() {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .body(Map.of("name", "bücher." + account.domain()))
                .post("/v1/domains")
                .then()
                .statusCode(201)
                .body("name", startsWith("xn--bcher-kva."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "a b.example", "127.0.0.1", "x\r\ny.example", "-a.example"})
    void invalid_domain_names_are_refused(String name) {
        TestAccount account = TestAccount.create(authority);
        as(account.key())
                .body(Map.of("name", name))
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("name"));
    }

    @Test
    void unreadable_bodies_are_refused() {
        TestAccount account = TestAccount.create(authority);
        as(account.key()).body("{").post("/v1/domains").then().statusCode(400);
        as(account.key())
                .body("{}")
                .post("/v1/domains")
                .then()
                .statusCode(422)
                .body("code", equalTo("missing_required_field"));
        as(account.key())
                .contentType("text/plain")
                .body("x")
                .post("/v1/domains")
                .then()
                .statusCode(415);
    }

    @Test
    void the_domain_of_another_account_is_not_found() {
        TestAccount owner = TestAccount.create(authority);
        String id = create(owner, owner.domain());
        TestAccount other = TestAccount.create(authority);
        as(other.key()).get("/v1/domains/{id}", id).then().statusCode(404);
        as(other.key()).delete("/v1/domains/{id}", id).then().statusCode(404);
        verify(other, id, 404);
    }

    private static List<String> list(TestAccount account, String query) {
        return as(account.key())
                .get("/v1/domains" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }
}
