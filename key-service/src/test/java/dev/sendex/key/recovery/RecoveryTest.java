package dev.sendex.key.recovery;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.tokenOf;
import static dev.sendex.key.Callers.with;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Without email. `MailsTest` covers it with email.
@QuarkusTest
@RunningService
class RecoveryTest {

    private static final String NEW_PASSWORD = "quite another passphrase";

    @Test
    void a_changed_password_ends_the_other_sessions() {
        String email = anEmail();
        String other = signUp(email).path("access_token");
        String mine = signIn(email, PASSWORD).path("access_token");

        change(mine, PASSWORD, NEW_PASSWORD)
                .then()
                .statusCode(200)
                .body("sessions_ended", equalTo(1));

        with(mine).get("/v1/account").then().statusCode(200);
        with(other).get("/v1/account").then().statusCode(401);
        signIn(email, PASSWORD).then().statusCode(401);
        signIn(email, NEW_PASSWORD).then().statusCode(200);
        with(mine)
                .get("/v1/audit-events")
                .then()
                .body(
                        "data.find { it.action == 'member.password_changed' }.after.sessions_ended",
                        equalTo(1));
    }

    @Test
    void changing_the_password_requires_the_current_one() {
        change(anOwner(), "a guess of mine", NEW_PASSWORD)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("current_password"));
    }

    @Test
    void guessing_the_current_password_is_limited() {
        String owner = anOwner();
        for (int guess = 0; guess < 10; guess++) {
            change(owner, "guess " + guess, NEW_PASSWORD).then().statusCode(422);
        }

        change(owner, PASSWORD, NEW_PASSWORD).then().statusCode(429);
    }

    @Test
    void a_short_new_password_is_refused() {
        change(anOwner(), PASSWORD, "short")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("new_password"));
    }

    @Test
    void a_key_has_no_password() {
        change(aKey(anOwner(), "account:write"), PASSWORD, NEW_PASSWORD)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void a_reset_by_email_is_unavailable_without_email() {
        anyone().body(Map.of("email", anEmail()))
                .post("/v1/auth/password-reset")
                .then()
                .statusCode(503)
                .body("message", startsWith("This installation does not send mail."));
    }

    @Test
    void an_owner_can_create_a_link_for_a_member_who_lost_their_password() {
        String owner = anOwner();
        String email = anEmail();
        Response joined = join(owner, email, "admin");
        Response link = createLink(owner, joined.path("user.id"));

        link.then().statusCode(201).body("member_id", equalTo(joined.path("user.id")));
        confirm(tokenOf(link.path("url")), NEW_PASSWORD).then().statusCode(200);

        signIn(email, NEW_PASSWORD).then().statusCode(200);
        with(joined.path("access_token")).get("/v1/account").then().statusCode(401);
        with(owner)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItem("member.password_reset_requested"))
                .body(
                        "data.find { it.action == 'member.password_reset' }.after.sessions_ended",
                        equalTo(1));
    }

    @Test
    void nobody_can_create_a_link_for_a_member_with_a_higher_role() {
        String owner = anOwner();
        String admin = aMember(owner, "admin");
        String ownersId = with(owner).get("/v1/members").path("data[1].id");

        createLink(admin, ownersId).then().statusCode(403).body("code", equalTo("forbidden"));
        createLink(aMember(owner, "developer"), ownersId).then().statusCode(403);
        createLink(aKey(owner, "account:write"), ownersId)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void nobody_can_create_a_link_for_themselves() {
        String owner = anOwner();
        String id = with(owner).get("/v1/members").path("data[0].id");

        createLink(owner, id)
                .then()
                .statusCode(403)
                .body("message", startsWith("Change your own password"));
    }

    @Test
    void changing_the_password_invalidates_an_earlier_link() {
        String owner = anOwner();
        String email = anEmail();
        Response joined = join(owner, email, "developer");
        String token = tokenOf(createLink(owner, joined.path("user.id")).path("url"));
        change(joined.path("access_token"), PASSWORD, NEW_PASSWORD).then().statusCode(200);

        confirm(token, "a third long passphrase").then().statusCode(404);
        signIn(email, NEW_PASSWORD).then().statusCode(200);
    }

    @Test
    void a_link_is_valid_only_while_its_creator_could_create_it() {
        String owner = anOwner();
        Response admin = join(owner, anEmail(), "admin");
        Response member = join(owner, anEmail(), "developer");
        String token =
                tokenOf(createLink(admin.path("access_token"), member.path("user.id")).path("url"));

        setRole(owner, member.path("user.id"), "owner");
        confirm(token, NEW_PASSWORD).then().statusCode(404);
        setRole(owner, member.path("user.id"), "developer");
        setRole(owner, admin.path("user.id"), "developer");
        confirm(token, NEW_PASSWORD).then().statusCode(404);
        setRole(owner, admin.path("user.id"), "admin");
        confirm(token, NEW_PASSWORD).then().statusCode(200);
    }

    @Test
    void a_link_of_a_removed_member_is_invalid() {
        String owner = anOwner();
        Response admin = join(owner, anEmail(), "admin");
        Response member = join(owner, anEmail(), "developer");
        String token =
                tokenOf(createLink(admin.path("access_token"), member.path("user.id")).path("url"));

        with(owner).delete("/v1/members/" + admin.path("user.id")).then().statusCode(200);

        confirm(token, NEW_PASSWORD).then().statusCode(404);
    }

    @Test
    void links_for_a_member_are_rate_limited() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "developer").path("user.id");
        for (int link = 0; link < 10; link++) {
            createLink(owner, member).then().statusCode(201);
        }

        createLink(owner, member).then().statusCode(429);
    }

    @Test
    void members_of_another_account_are_not_found() {
        String other = with(anOwner()).get("/v1/members").path("data[0].id");

        createLink(anOwner(), other).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void a_link_for_an_unknown_member_is_refused(String id) {
        createLink(anOwner(), id).then().statusCode(404);
    }

    @Test
    void an_unknown_link_is_refused() {
        confirm("nothing", NEW_PASSWORD).then().statusCode(404).body("code", equalTo("not_found"));
    }

    private static Response change(String caller, String current, String next) {
        return with(caller)
                .body(Map.of("current_password", current, "new_password", next))
                .post("/v1/auth/password");
    }

    private static void setRole(String caller, String memberId, String role) {
        with(caller)
                .body(Map.of("role", role))
                .patch("/v1/members/" + memberId)
                .then()
                .statusCode(200);
    }

    private static Response createLink(String caller, String memberId) {
        return with(caller).post("/v1/members/" + memberId + "/password-reset");
    }

    private static Response confirm(String token, String password) {
        return anyone().body(Map.of("token", token, "password", password))
                .post("/v1/auth/password-reset/confirm");
    }
}
