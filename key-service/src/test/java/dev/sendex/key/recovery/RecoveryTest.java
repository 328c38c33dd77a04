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

/// Without mail; with it, see `MailsTest`.
@QuarkusTest
@RunningService
class RecoveryTest {

    private static final String OTHER = "quite another passphrase";

    @Test
    void a_changed_password_ends_the_other_sessions() {
        String email = anEmail();
        String other = signUp(email).path("access_token");
        String mine = signIn(email, PASSWORD).path("access_token");

        change(mine, PASSWORD, OTHER).then().statusCode(200).body("sessions_ended", equalTo(1));

        with(mine).get("/v1/account").then().statusCode(200);
        with(other).get("/v1/account").then().statusCode(401);
        signIn(email, PASSWORD).then().statusCode(401);
        signIn(email, OTHER).then().statusCode(200);
        with(mine)
                .get("/v1/audit-events")
                .then()
                .body(
                        "data.find { it.action == 'member.password_changed' }.after.sessions_ended",
                        equalTo(1));
    }

    @Test
    void a_session_alone_changes_no_password() {
        change(anOwner(), "a guess of mine", OTHER)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("current_password"));
    }

    @Test
    void guessing_at_the_present_password_comes_to_an_end() {
        String owner = anOwner();
        for (int guess = 0; guess < 10; guess++) {
            change(owner, "guess " + guess, OTHER).then().statusCode(422);
        }

        change(owner, PASSWORD, OTHER).then().statusCode(429);
    }

    @Test
    void a_short_password_is_no_new_password() {
        change(anOwner(), PASSWORD, "short")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("new_password"));
    }

    @Test
    void a_key_has_no_password() {
        change(aKey(anOwner(), "account:write"), PASSWORD, OTHER)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void without_mail_nobody_is_led_to_wait_for_one() {
        anyone().body(Map.of("email", anEmail()))
                .post("/v1/auth/password-reset")
                .then()
                .statusCode(503)
                .body("message", startsWith("This installation does not send mail."));
    }

    @Test
    void an_owner_makes_a_link_for_a_member_who_lost_their_password() {
        String owner = anOwner();
        String email = anEmail();
        Response joined = join(owner, email, "admin");
        Response link = makeLink(owner, joined.path("user.id"));

        link.then().statusCode(201).body("member_id", equalTo(joined.path("user.id")));
        confirm(tokenOf(link.path("url")), OTHER).then().statusCode(200);

        signIn(email, OTHER).then().statusCode(200);
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
    void nobody_makes_a_link_for_who_is_more_than_they_are() {
        String owner = anOwner();
        String admin = aMember(owner, "admin");
        String ownersId = with(owner).get("/v1/members").path("data[1].id");

        makeLink(admin, ownersId).then().statusCode(403).body("code", equalTo("forbidden"));
        makeLink(aMember(owner, "developer"), ownersId).then().statusCode(403);
        makeLink(aKey(owner, "account:write"), ownersId)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void a_session_alone_gets_no_link_to_its_own_password() {
        String owner = anOwner();
        String id = with(owner).get("/v1/members").path("data[0].id");

        makeLink(owner, id)
                .then()
                .statusCode(403)
                .body("message", startsWith("Change your own password"));
    }

    @Test
    void a_changed_password_makes_an_earlier_link_worthless() {
        String owner = anOwner();
        String email = anEmail();
        Response joined = join(owner, email, "developer");
        String token = tokenOf(makeLink(owner, joined.path("user.id")).path("url"));
        change(joined.path("access_token"), PASSWORD, OTHER).then().statusCode(200);

        confirm(token, "a third long passphrase").then().statusCode(404);
        signIn(email, OTHER).then().statusCode(200);
    }

    @Test
    void a_link_counts_as_long_as_its_maker_could_make_it() {
        String owner = anOwner();
        Response admin = join(owner, anEmail(), "admin");
        Response member = join(owner, anEmail(), "developer");
        String token =
                tokenOf(makeLink(admin.path("access_token"), member.path("user.id")).path("url"));

        makeRole(owner, member.path("user.id"), "owner");
        confirm(token, OTHER).then().statusCode(404);
        makeRole(owner, member.path("user.id"), "developer");
        makeRole(owner, admin.path("user.id"), "developer");
        confirm(token, OTHER).then().statusCode(404);
        makeRole(owner, admin.path("user.id"), "admin");
        confirm(token, OTHER).then().statusCode(200);
    }

    @Test
    void the_link_of_somebody_who_was_removed_leads_nowhere() {
        String owner = anOwner();
        Response admin = join(owner, anEmail(), "admin");
        Response member = join(owner, anEmail(), "developer");
        String token =
                tokenOf(makeLink(admin.path("access_token"), member.path("user.id")).path("url"));

        with(owner).delete("/v1/members/" + admin.path("user.id")).then().statusCode(200);

        confirm(token, OTHER).then().statusCode(404);
    }

    @Test
    void nobody_is_sent_links_without_end() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "developer").path("user.id");
        for (int link = 0; link < 10; link++) {
            makeLink(owner, member).then().statusCode(201);
        }

        makeLink(owner, member).then().statusCode(429);
    }

    @Test
    void members_of_other_accounts_do_not_exist() {
        String other = with(anOwner()).get("/v1/members").path("data[0].id");

        makeLink(anOwner(), other).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void what_is_no_member_needs_no_link(String id) {
        makeLink(anOwner(), id).then().statusCode(404);
    }

    @Test
    void what_is_no_link_leads_nowhere() {
        confirm("nothing", OTHER).then().statusCode(404).body("code", equalTo("not_found"));
    }

    private static Response change(String caller, String current, String next) {
        return with(caller)
                .body(Map.of("current_password", current, "new_password", next))
                .post("/v1/auth/password");
    }

    private static void makeRole(String caller, String memberId, String role) {
        with(caller)
                .body(Map.of("role", role))
                .patch("/v1/members/" + memberId)
                .then()
                .statusCode(200);
    }

    private static Response makeLink(String caller, String memberId) {
        return with(caller).post("/v1/members/" + memberId + "/password-reset");
    }

    private static Response confirm(String token, String password) {
        return anyone().body(Map.of("token", token, "password", password))
                .post("/v1/auth/password-reset/confirm");
    }
}
