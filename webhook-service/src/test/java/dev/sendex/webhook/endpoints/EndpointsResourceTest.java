package dev.sendex.webhook.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.common.permission.Permission;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.webhook.Caller;
import dev.sendex.webhook.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class EndpointsResourceTest {

    private static final String URL = "https://customer.example/hook";

    IntrospectionAuthority authority;

    @Inject Pool pool;

    @Test
    void an_endpoint_is_created_as_requested() {
        Caller caller = Caller.with(authority);

        Response created = caller.create(URL, "email.sent", "email.bounced", "email.sent");

        created.then()
                .statusCode(201)
                .body("endpoint", equalTo(URL))
                .body("events", contains("email.sent", "email.bounced"))
                .body("status", equalTo("enabled"))
                .body("signing_secret", startsWith("whsec_"));
        caller.request()
                .get("/v1/webhooks/" + created.path("id"))
                .then()
                .statusCode(200)
                .body("signing_secret", equalTo(created.path("signing_secret")));
    }

    @Test
    void read_permission_does_not_reveal_the_secret() {
        Caller caller = Caller.with(authority);
        String id = caller.create(URL, "email.sent").path("id");
        String account = caller.accountId().toString();
        Caller reader =
                Caller.restrictedBy(
                        authority,
                        Map.of("sub", account, "username", account),
                        Permission.WEBHOOKS_READ);

        reader.request()
                .get("/v1/webhooks/" + id)
                .then()
                .statusCode(200)
                .body("endpoint", equalTo(URL))
                .body("signing_secret", nullValue());
    }

    @Test
    void a_list_shows_no_secrets() {
        Caller caller = Caller.with(authority);
        caller.create(URL, "email.sent");

        caller.request()
                .get("/v1/webhooks")
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].signing_secret", nullValue());
    }

    @Test
    void an_endpoint_can_be_changed() {
        Caller caller = Caller.with(authority);
        String path = "/v1/webhooks/" + caller.create(URL, "email.sent").path("id");

        caller.request()
                .body(Map.of("events", List.of("email.opened"), "status", "disabled"))
                .patch(path)
                .then()
                .statusCode(200)
                .body("endpoint", equalTo(URL))
                .body("events", contains("email.opened"))
                .body("status", equalTo("disabled"));
    }

    @Test
    void enabling_an_endpoint_resets_its_failures() {
        Caller caller = Caller.with(authority);
        String id = caller.create(URL, "email.sent").path("id");
        String path = "/v1/webhooks/" + id;
        pool.preparedQuery(
                        """
                        update webhook_endpoint
                        set failing_since = now(), failures = 7, paused_until = now() where id = $1
                        """)
                .executeAndAwait(Tuple.of(UUID.fromString(id)));

        caller.request()
                .body(Map.of("events", List.of("email.opened")))
                .patch(path)
                .then()
                .body("failing_since", notNullValue());
        assertThat(failures(id)).isEqualTo("7 paused");
        caller.request()
                .body(Map.of("status", "enabled"))
                .patch(path)
                .then()
                .statusCode(200)
                .body("failing_since", nullValue());
        assertThat(failures(id)).isEqualTo("0");
    }

    private String failures(String id) {
        return pool.preparedQuery(
                        """
                        select concat_ws(' ', failures, case when paused_until is not null then 'paused' end)
                        from webhook_endpoint where id = $1
                        """)
                .executeAndAwait(Tuple.of(UUID.fromString(id)))
                .iterator()
                .next()
                .getString(0);
    }

    @Test
    void endpoints_are_listed_newest_first_a_page_at_a_time() {
        Caller caller = Caller.with(authority);
        String first = caller.create(URL, "email.sent").path("id");
        String second = caller.create(URL, "email.sent").path("id");
        String third = caller.create(URL, "email.sent").path("id");

        assertThat(page(caller, "limit=2")).containsExactly(third, second);
        assertThat(page(caller, "limit=2&after=" + second)).containsExactly(first);
        assertThat(page(caller, "limit=1&before=" + first)).containsExactly(second);
        caller.request().get("/v1/webhooks?limit=2").then().body("has_more", equalTo(true));
    }

    private static List<String> page(Caller caller, String query) {
        return caller.request()
                .get("/v1/webhooks?" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }

    @Test
    void the_number_of_endpoints_per_account_is_limited() {
        Caller caller = Caller.with(authority);
        pool.preparedQuery(
                        """
                        insert into webhook_endpoint (
                            id, account_id, url, event_types, status, encrypted_secret, created_at)
                        select gen_random_uuid(), $1, $2, '{email.sent}', 'enabled', '', now()
                        from generate_series(1, 100)
                        """)
                .executeAndAwait(Tuple.of(caller.accountId(), URL));

        caller.create(URL, "email.sent").then().statusCode(409).body("code", equalTo("conflict"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://customer.example/ü, https://customer.example/%C3%BC",
        "https://customer.example/a%20b?q=é&r=1, https://customer.example/a%20b?q=%C3%A9&r=1",
        "https://customer.example/\uD83D\uDCE7, https://customer.example/%F0%9F%93%A7"
    })
    void characters_of_a_url_outside_ascii_are_percent_encoded(String url, String called) {
        Caller caller = Caller.with(authority);

        Response created = caller.create(url, "email.sent");

        created.then().statusCode(201).body("endpoint", equalTo(called));
        caller.request()
                .body(Map.of("endpoint", url))
                .patch("/v1/webhooks/" + created.path("id"))
                .then()
                .statusCode(200)
                .body("endpoint", equalTo(called));
    }

    @Test
    void an_id_that_an_sdk_repeats_in_the_body_is_ignored() {
        Caller caller = Caller.with(authority);
        String id = caller.create(URL, "email.sent").path("id");

        caller.request()
                .body(Map.of("webhook_id", id, "status", "disabled"))
                .patch("/v1/webhooks/" + id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("status", equalTo("disabled"));
        caller.request()
                .body(Map.of("webhook", id, "status", "enabled"))
                .patch("/v1/webhooks/" + id)
                .then()
                .statusCode(422);
    }

    @Test
    void an_unpaired_surrogate_in_a_url_is_refused() {
        Caller.anyone()
                .header("Authorization", "Bearer " + Caller.with(authority).token())
                .body(
                        """
                        {"endpoint": "https://customer.example/\\ud800", "events": ["email.sent"]}
                        """)
                .post("/v1/webhooks")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("endpoint"));
    }

    @Test
    void a_change_is_validated_like_a_creation() {
        Caller caller = Caller.with(authority);
        String path = "/v1/webhooks/" + caller.create(URL, "email.sent").path("id");

        for (Map<String, ?> change :
                List.of(
                        Map.of("endpoint", "ftp://customer.example"),
                        Map.of("events", List.of()),
                        Map.of("status", "asleep"))) {
            caller.request().body(change).patch(path).then().statusCode(422);
        }
        caller.request().body("[]").patch(path).then().statusCode(400);
    }

    @Test
    void an_endpoint_can_be_removed() {
        Caller caller = Caller.with(authority);
        String path = "/v1/webhooks/" + caller.create(URL, "email.sent").path("id");

        caller.request().delete(path).then().statusCode(200).body("deleted", equalTo(true));

        caller.request().get(path).then().statusCode(404);
        caller.request().delete(path).then().statusCode(404);
    }

    @Test
    void another_accounts_endpoint_looks_nonexistent() {
        String theirs =
                "/v1/webhooks/" + Caller.with(authority).create(URL, "email.sent").path("id");
        String nobodys = "/v1/webhooks/" + UUID.randomUUID();
        Caller caller = Caller.with(authority);

        for (String method : List.of("GET", "DELETE")) {
            assertThat(comparable(caller.request().request(method, theirs)))
                    .isEqualTo(comparable(caller.request().request(method, nobodys)));
        }
        caller.request().body(Map.of("status", "disabled")).patch(theirs).then().statusCode(404);
        caller.request().get("/v1/webhooks/no-id").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://customer.example/hook",
                "ftp://customer.example/hook",
                "customer.example/hook",
                "https://user:password@customer.example/hook",
                "https:///hook",
                "https://b\u00fccher.example/hook",
                "https://customer.example/a b",
                "https://customer.example:99999/hook",
                "https://customer.example/hook#part",
                "http://127.0.0.1.attacker.example/",
                "javascript:alert(1)"
            })
    void invalid_urls_are_refused(String url) {
        Caller.with(authority)
                .create(url, "email.sent")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("endpoint"));
    }

    @Test
    void unknown_event_types_are_refused() {
        Caller caller = Caller.with(authority);

        caller.create(URL, "email.sent", "email.stolen")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("events"));
        caller.create(URL).then().statusCode(422);
        caller.request()
                .body(Map.of("endpoint", URL))
                .post("/v1/webhooks")
                .then()
                .statusCode(422)
                .body("code", equalTo("missing_required_field"));
    }

    @Test
    void malformed_and_invalid_requests_are_refused() {
        Caller caller = Caller.with(authority);

        caller.request().body("{").post("/v1/webhooks").then().statusCode(400);
        caller.request()
                .body(Map.of("endpoint", URL, "events", List.of("email.sent"), "secret", "x"))
                .post("/v1/webhooks")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("secret"));
        caller.request()
                .contentType("text/plain")
                .body("x")
                .post("/v1/webhooks")
                .then()
                .statusCode(415);
        caller.request().body("x".repeat(400_000)).post("/v1/webhooks").then().statusCode(413);
        caller.request().queryParam("limit", 0).get("/v1/webhooks").then().statusCode(422);
    }

    @Test
    void the_event_types_are_listed() {
        Caller.with(authority, Permission.STATS_READ)
                .request()
                .get("/v1/webhook-event-types")
                .then()
                .statusCode(200)
                .body("data", hasItem("email.delivered"));
    }

    @Test
    void requests_without_a_key_are_refused() {
        for (String path : List.of("/v1/webhooks", "/v1/webhook-event-types")) {
            Caller.anyone()
                    .get(path)
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("missing_api_key"));
        }
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void every_endpoint_requires_exactly_its_own_permission(Permission permission) {
        Caller caller = Caller.with(authority, permission);
        String one = "/v1/webhooks/" + UUID.randomUUID();
        boolean reads = permission == Permission.WEBHOOKS_READ;
        boolean writes = permission == Permission.WEBHOOKS_WRITE;

        assertThat(caller.request().get("/v1/webhooks").statusCode()).isEqualTo(reads ? 200 : 403);
        assertThat(caller.request().get(one).statusCode()).isEqualTo(reads ? 404 : 403);
        assertThat(caller.request().delete(one).statusCode()).isEqualTo(writes ? 404 : 403);
        assertThat(caller.request().body(Map.of()).patch(one).statusCode())
                .isEqualTo(writes ? 404 : 403);
        assertThat(caller.request().body(Map.of()).post("/v1/webhooks").statusCode())
                .isEqualTo(writes ? 422 : 403);
    }

    private static String comparable(Response response) {
        return response.statusCode()
                + response.asString().replaceAll("\"request_id\":\"[^\"]*\"", "");
    }
}
