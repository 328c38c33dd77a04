package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@RunningService
class KeyEditTest {

    private String owner;

    @BeforeEach
    void anAccount() {
        owner = anOwner();
    }

    @Test
    void an_edit_replaces_the_given_members_only() {
        String id =
                aKeyWith(
                        Map.of(
                                "allowed_domains",
                                List.of("a.example"),
                                "allowed_ips",
                                List.of("192.0.2.0/24"),
                                "sending_limit",
                                Map.of("total", 5)));

        edit(id, "{\"name\":\"other\",\"permissions\":[\"emails:read\"],\"allowed_ips\":null}")
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("name", equalTo("other"))
                .body("permissions", contains("emails:read"))
                .body("allowed_ips", hasSize(0))
                .body("allowed_domains", contains("a.example"))
                .body("sending_limit.total", equalTo(5))
                .body("version", equalTo(2));
    }

    @Test
    void an_edit_applies_from_the_next_request_on() {
        Response issued = issue(owner, Map.of("permissions", List.of("api_keys:read")));
        String token = issued.path("token");
        with(token).get("/v1/api-keys").then().statusCode(200);

        edit(issued.path("id"), "{\"permissions\":[\"emails:send\"]}").statusCode(200);

        with(token).get("/v1/api-keys").then().statusCode(403);
    }

    @Test
    void an_expiry_can_be_changed_and_removed() {
        String id = aKeyWith(Map.of("expires_at", "2098-01-01T00:00:00.000Z"));

        edit(id, "{\"expires_at\":\"2099-01-01T00:00:00Z\"}")
                .statusCode(200)
                .body("expires_at", equalTo("2099-01-01T00:00:00.000Z"));
        edit(id, "{\"expires_at\":null}").statusCode(200).body("expires_at", nullValue());
        edit(id, "{\"expires_at\":\"2001-01-01T00:00:00Z\"}").statusCode(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"full_access\"} | 422 | type",
                "{\"environment\":\"test\"} | 422 | environment",
                "{\"token\":\"sk\"} | 422 | token",
                "{\"nmae\":\"x\"} | 422 | nmae",
                "{\"name\":null} | 422 | name",
                "{\"permissions\":null} | 422 | permissions",
                "{\"permissions\":[]} | 422 | permissions",
                "{\"permissions\":[\"emails:steal\"]} | 422 | permissions",
                "{\"rate_limit\":{\"limit\":0,\"window_seconds\":1}} | 422 | rate_limit.limit",
                "{\"rate_limit\":5} | 400 | rate_limit",
                "{\"allowed_ips\":[\"192.0.2.1/24\"]} | 422 | allowed_ips"
            })
    void an_invalid_edit_is_refused_and_changes_nothing(String edit, int status, String field) {
        String id = aKeyWith(Map.of());

        edit(id, edit).statusCode(status).body("errors[0].field", equalTo(field));

        with(owner).get("/v1/api-keys/" + id).then().body("version", equalTo(1));
    }

    @Test
    void a_body_that_is_not_an_object_is_refused() {
        String id = aKeyWith(Map.of());

        edit(id, "[]").statusCode(400);
        edit(id, "{").statusCode(400);
    }

    @Test
    void a_key_with_full_access_keeps_it() {
        String id = issue(owner, Map.of("type", "full_access")).path("id");

        edit(id, "{\"name\":\"renamed\"}").statusCode(200).body("type", equalTo("full_access"));
        edit(id, "{\"permissions\":[\"emails:send\"]}").statusCode(422);
    }

    @Test
    void a_revoked_key_cannot_be_edited() {
        String id = aKeyWith(Map.of());
        with(owner).delete("/v1/api-keys/" + id);

        edit(id, "{\"name\":\"back\"}").statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void an_edit_for_another_version_is_refused() {
        String id = aKeyWith(Map.of());
        edit(id, "{\"name\":\"first\"}").statusCode(200);

        with(owner)
                .header("If-Match", "\"1\"")
                .body("{\"name\":\"second\"}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(409)
                .body("message", containsString("version 2"));
        with(owner)
                .header("If-Match", "\"2\"")
                .body("{\"name\":\"second\"}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(200);
        with(owner)
                .header("If-Match", "W/\"x\"")
                .body("{\"name\":\"third\"}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(422);
    }

    @Test
    void one_of_two_concurrent_edits_of_the_same_version_is_refused() throws Exception {
        String id = aKeyWith(Map.of());
        Callable<Integer> edit =
                () ->
                        with(owner)
                                .header("If-Match", "1")
                                .body("{\"name\":\"raced\"}")
                                .patch("/v1/api-keys/" + id)
                                .statusCode();

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Integer> statuses =
                    threads.invokeAll(Collections.nCopies(8, edit)).stream()
                            .map(Future::resultNow)
                            .toList();
            assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
        }
    }

    @Test
    void nobody_edits_a_key_to_have_more_access_than_their_own() {
        String id = aKeyWith(Map.of());
        String editor = aKey(owner, "api_keys:write", "emails:send");

        with(editor)
                .body("{\"permissions\":[\"emails:send\",\"emails:read\"]}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"));
        with(editor)
                .body("{\"name\":\"harmless\"}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(200);
    }

    @Test
    void a_key_cannot_extend_its_own_access() {
        Response issued =
                issue(
                        owner,
                        Map.of(
                                "permissions",
                                List.of("api_keys:write", "emails:send"),
                                "allowed_domains",
                                List.of("a.example")));
        String token = issued.path("token");

        with(token)
                .body("{\"allowed_domains\":[]}")
                .patch("/v1/api-keys/" + issued.path("id"))
                .then()
                .statusCode(403);
    }

    @Test
    void a_key_of_another_account_is_not_found() {
        String id = aKeyWith(Map.of());

        with(anOwner())
                .body("{\"name\":\"mine\"}")
                .patch("/v1/api-keys/" + id)
                .then()
                .statusCode(404);
    }

    private String aKeyWith(Map<String, ?> members) {
        Map<String, Object> body = new HashMap<>(Map.of("permissions", List.of("emails:send")));
        body.putAll(members);
        return issue(owner, body).then().statusCode(201).extract().path("id");
    }

    private ValidatableResponse edit(String id, String edit) {
        return with(owner).body(edit).patch("/v1/api-keys/" + id).then();
    }
}
