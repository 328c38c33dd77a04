package dev.sendex.key.accounts;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.sendex.common.kafka.Topics;
import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class MembersTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Test
    void members_are_listed_with_their_roles() {
        String owner = anOwner();
        aMember(owner, "viewer");

        with(owner)
                .get("/v1/members")
                .then()
                .statusCode(200)
                .body("data.role", contains("viewer", "owner"));
        Response first = with(owner).queryParam("limit", 1).get("/v1/members");
        first.then().body("has_more", equalTo(true)).body("data.role", contains("viewer"));
        String last = first.path("data[0].id");
        with(owner)
                .queryParam("after", last)
                .get("/v1/members")
                .then()
                .body("data.role", contains("owner"));
        with(owner)
                .queryParam("before", with(owner).get("/v1/members").<String>path("data[1].id"))
                .get("/v1/members")
                .then()
                .body("data.role", contains("viewer"));
    }

    @Test
    void a_changed_role_takes_effect_from_the_next_request() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "admin");
        String admin = joined.path("access_token");
        with(admin).body(Map.of("name", "Mine")).patch("/v1/account").then().statusCode(200);

        change(owner, joined.path("user.id"), "viewer")
                .then()
                .statusCode(200)
                .body("role", equalTo("viewer"));

        with(admin).body(Map.of("name", "Mine")).patch("/v1/account").then().statusCode(403);
        with(admin).get("/v1/account").then().statusCode(200);
    }

    @Test
    void keys_are_limited_to_the_current_permissions_of_their_owner() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "developer");
        String key = aKey(joined.path("access_token"), "api_keys:write", "api_keys:read");

        change(owner, joined.path("user.id"), "viewer");

        with(key).get("/v1/api-keys").then().statusCode(200);
        with(key)
                .body(Map.of("name", "more", "permissions", List.of("api_keys:read")))
                .post("/v1/api-keys")
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"));
    }

    @Test
    void removing_a_member_ends_their_sessions_and_revokes_their_keys() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "developer");
        String developer = joined.path("access_token");
        String key = aKey(developer, "api_keys:read");

        with(owner)
                .delete("/v1/members/" + joined.path("user.id"))
                .then()
                .statusCode(200)
                .body("keys_revoked", equalTo(1));

        with(developer).get("/v1/account").then().statusCode(401);
        with(key).get("/v1/api-keys").then().statusCode(401);
        anyone().cookie("sendex_refresh", joined.cookie("sendex_refresh"))
                .post("/v1/auth/refresh")
                .then()
                .statusCode(401);
        with(owner)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItems("member.removed", "member.joined", "member.invited"));
    }

    @Test
    void keys_that_are_transferred_to_another_member_stay_active() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "developer");
        String key = aKey(joined.path("access_token"), "api_keys:read");
        String newOwner = with(owner).get("/v1/members").path("data[1].id");

        with(owner)
                .queryParam("hand_over_to", newOwner)
                .delete("/v1/members/" + joined.path("user.id"))
                .then()
                .statusCode(200)
                .body("keys_handed_over", equalTo(1));

        with(key).get("/v1/api-keys").then().statusCode(200);
    }

    @Test
    void webhooks_are_notified_of_the_revoked_and_transferred_keys_of_a_removed_member() {
        String owner = anOwner();
        String account = with(owner).get("/v1/account").path("id");
        String newOwner = with(owner).get("/v1/members").path("data[0].id");
        Response transferring = join(owner, anEmail(), "developer");
        Response revoking = join(owner, anEmail(), "developer");
        Map<String, Object> request = Map.of("preset", "read_only");
        String transferred = issue(transferring.path("access_token"), request).path("id");
        String revoked = issue(revoking.path("access_token"), request).path("id");

        with(owner)
                .queryParam("hand_over_to", newOwner)
                .delete("/v1/members/" + transferring.path("user.id"))
                .then()
                .statusCode(200);
        with(owner).delete("/v1/members/" + revoking.path("user.id")).then().statusCode(200);

        try (Topic events = new Topic(Topics.EVENTS)) {
            await().atMost(TIMEOUT)
                    .until(() -> !events.events(account, "api_key.updated", transferred).isEmpty());
            await().atMost(TIMEOUT)
                    .until(() -> !events.events(account, "api_key.revoked", revoked).isEmpty());
            assertThat(events.events(account, "api_key.revoked", revoked))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.getString("data.reason"))
                                    .isEqualTo("Its owner was removed."));
        }
    }

    @Test
    void a_transfer_never_extends_the_permissions_of_a_key() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "admin");
        String key = aKey(joined.path("access_token"), "account:write");
        String member = joined.path("user.id");
        String newOwner = with(owner).get("/v1/members").path("data[1].id");
        with(owner).body(Map.of("role", "viewer")).patch("/v1/members/" + member);

        with(owner)
                .queryParam("hand_over_to", newOwner)
                .delete("/v1/members/" + member)
                .then()
                .statusCode(409)
                .body("message", containsString("could do more under its new owner"));

        with(owner).get("/v1/members").then().body("data.id", hasItems(member));
        with(key).get("/v1/account").then().statusCode(401);
    }

    @Test
    void keys_can_only_be_transferred_to_other_members_of_the_account() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "developer").path("user.id");
        String stranger = with(anOwner()).get("/v1/members").path("data[0].id");

        for (String newOwner : List.of(stranger, member)) {
            with(owner)
                    .queryParam("hand_over_to", newOwner)
                    .delete("/v1/members/" + member)
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("hand_over_to"));
        }
        with(owner).get("/v1/members").then().body("data.id", hasItems(member));
    }

    @ParameterizedTest
    @CsvSource({"admin, owner", "admin, admin"})
    void nobody_can_grant_a_role_above_their_own(String role, String target) {
        String owner = anOwner();
        String admin = aMember(owner, role);
        String member = join(owner, anEmail(), "viewer").path("user.id");

        int expected = target.equals("owner") ? 403 : 200;
        change(admin, member, target).then().statusCode(expected);
    }

    @Test
    void nobody_can_change_or_remove_a_member_with_a_higher_role() {
        String owner = anOwner();
        String admin = aMember(owner, "admin");
        String ownersId = with(owner).get("/v1/members").path("data[1].id");

        change(admin, ownersId, "viewer").then().statusCode(403).body("code", equalTo("forbidden"));
        with(admin).delete("/v1/members/" + ownersId).then().statusCode(403);
    }

    @Test
    void developers_and_viewers_cannot_change_members() {
        String owner = anOwner();
        String target = join(owner, anEmail(), "viewer").path("user.id");

        for (String role : List.of("developer", "viewer")) {
            String member = aMember(owner, role);
            change(member, target, "viewer").then().statusCode(403);
            with(member).delete("/v1/members/" + target).then().statusCode(403);
        }
    }

    @Test
    void a_key_cannot_change_members_even_with_full_access() {
        String owner = anOwner();
        String target = join(owner, anEmail(), "viewer").path("user.id");
        String key =
                with(owner)
                        .body(Map.of("name", "all", "preset", "full_access"))
                        .post("/v1/api-keys")
                        .path("token");

        change(key, target, "owner").then().statusCode(403).body("code", equalTo("forbidden"));
        with(key).get("/v1/members").then().statusCode(200);
    }

    @Test
    void the_last_owner_cannot_be_demoted_or_removed() {
        String owner = anOwner();
        String id = with(owner).get("/v1/members").path("data[0].id");

        change(owner, id, "admin").then().statusCode(409).body("code", equalTo("conflict"));
        with(owner).delete("/v1/members/" + id).then().statusCode(409);
    }

    @Test
    void two_owners_cannot_remove_each_other_concurrently() throws Exception {
        String first = anOwner();
        Response joined = join(first, anEmail(), "owner");
        String second = joined.path("access_token");
        String secondId = joined.path("user.id");
        String firstId = with(first).get("/v1/members").path("data[1].id");

        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<Integer> one =
                    threads.submit(
                            () -> with(first).delete("/v1/members/" + secondId).statusCode());
            Future<Integer> other =
                    threads.submit(
                            () -> with(second).delete("/v1/members/" + firstId).statusCode());

            assertThat(List.of(one.get(), other.get())).containsOnlyOnce(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void an_unknown_member_cannot_be_changed(String id) {
        String owner = anOwner();

        change(owner, id, "viewer").then().statusCode(404);
        with(owner).delete("/v1/members/" + id).then().statusCode(404);
    }

    @Test
    void members_of_another_account_are_not_found() {
        String other = with(anOwner()).get("/v1/members").path("data[0].id");
        String owner = anOwner();

        change(owner, other, "viewer").then().statusCode(404);
        with(owner).delete("/v1/members/" + other).then().statusCode(404);
        with(owner).get("/v1/members").then().body("data.id", not(hasItems(other)));
    }

    @Test
    void an_unknown_role_is_refused() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "viewer").path("user.id");

        change(owner, member, "unknown")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("role"));
        with(owner).body(Map.of()).patch("/v1/members/" + member).then().statusCode(422);
    }

    @Test
    void an_owner_can_remove_themselves_if_another_owner_remains() {
        String owner = anOwner();
        String second = join(owner, anEmail(), "owner").path("access_token");
        String id = with(owner).get("/v1/members").path("data[1].id");

        with(owner).delete("/v1/members/" + id).then().statusCode(200);

        with(second).get("/v1/members").then().body("data.role", containsInAnyOrder("owner"));
    }

    private static Response change(String caller, String id, String role) {
        return with(caller).body(Map.of("role", role)).patch("/v1/members/" + id);
    }
}
