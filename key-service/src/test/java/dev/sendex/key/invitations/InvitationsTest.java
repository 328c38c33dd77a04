package dev.sendex.key.invitations;

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
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@RunningService
class InvitationsTest {

    @Test
    void accepting_an_invitation_adds_the_member_and_signs_them_in() {
        String owner = anOwner();
        String email = anEmail();
        String token = tokenOf(invite(owner, email, "developer").path("url"));
        anyone().body(Map.of("token", token))
                .post("/v1/auth/invitation")
                .then()
                .statusCode(200)
                .body("email", equalTo(email))
                .body("role", equalTo("developer"))
                .body("account_name", equalTo("Customer"));

        Response accepted = accept(token);

        accepted.then().statusCode(201).body("user.role", equalTo("developer"));
        String account = with(owner).get("/v1/account").path("id");
        with(accepted.path("access_token")).get("/v1/account").then().body("id", equalTo(account));
        signIn(email, PASSWORD).then().statusCode(200);
        with(owner).get("/v1/invitations").then().body("data", hasSize(0));
    }

    @Test
    void invitations_to_an_address_are_rate_limited() {
        String email = anEmail();
        for (int invitation = 0; invitation < 10; invitation++) {
            invite(anOwner(), email, "viewer").then().statusCode(201);
        }

        invite(anOwner(), email, "viewer").then().statusCode(429);
    }

    @Test
    void a_link_can_be_used_once() throws Exception {
        String token = tokenOf(invite(anOwner(), anEmail(), "viewer").path("url"));
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> answers =
                    IntStream.range(0, 4)
                            .mapToObj(_ -> threads.submit(() -> accept(token).statusCode()))
                            .toList();

            int joined = 0;
            for (Future<Integer> answer : answers) {
                joined += answer.get() == 201 ? 1 : 0;
            }
            assertThat(joined).isEqualTo(1);
        }
        accept(token).then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void links_are_not_listed() {
        String owner = anOwner();
        String url = invite(owner, anEmail(), "viewer").path("url");

        with(owner)
                .get("/v1/invitations")
                .then()
                .body("data", hasSize(1))
                .body(not(containsString(tokenOf(url))));
    }

    @Test
    void a_second_invitation_replaces_the_first() {
        String owner = anOwner();
        String email = anEmail();
        String first = tokenOf(invite(owner, email, "admin").path("url"));

        String second =
                tokenOf(invite(owner, email.toUpperCase(Locale.ROOT), "viewer").path("url"));

        with(owner).get("/v1/invitations").then().body("data", hasSize(1));
        accept(first).then().statusCode(404);
        accept(second).then().statusCode(201).body("user.role", equalTo("viewer"));
    }

    @Test
    void a_withdrawn_invitation_cannot_be_accepted() {
        String owner = anOwner();
        Response invited = invite(owner, anEmail(), "viewer");

        with(owner).delete("/v1/invitations/" + invited.path("id")).then().statusCode(200);

        accept(tokenOf(invited.path("url"))).then().statusCode(404);
        with(owner).delete("/v1/invitations/" + invited.path("id")).then().statusCode(404);
    }

    @Test
    void an_invitation_is_invalid_if_its_inviter_was_demoted_or_removed() {
        String owner = anOwner();
        Response admin = join(owner, anEmail(), "admin");
        String byDemoted =
                tokenOf(invite(admin.path("access_token"), anEmail(), "admin").path("url"));
        String path = "/v1/members/" + admin.path("user.id");

        with(owner).body(Map.of("role", "developer")).patch(path);
        accept(byDemoted).then().statusCode(404);

        with(owner).delete(path).then().statusCode(200);
        accept(byDemoted).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "admin, owner, 403",
        "admin, admin, 201",
        "developer, viewer, 403",
        "viewer, viewer, 403"
    })
    void nobody_can_invite_to_a_role_above_their_own(String inviter, String role, int status) {
        invite(aMember(anOwner(), inviter), anEmail(), role).then().statusCode(status);
    }

    @Test
    void a_key_cannot_invite() {
        String key = aKey(anOwner(), "account:write");

        invite(key, anEmail(), "viewer").then().statusCode(403).body("code", equalTo("forbidden"));
    }

    @Test
    void a_member_cannot_be_invited_again() {
        String owner = anOwner();
        String email = anEmail();
        join(owner, email, "viewer");

        invite(owner, email, "admin")
                .then()
                .statusCode(409)
                .body("errors[0].field", equalTo("email"));
    }

    @Test
    void that_a_person_has_another_account_is_only_disclosed_to_that_person() {
        String email = anEmail();
        signUp(email);

        Response invited = invite(anOwner(), email, "viewer");

        invited.then().statusCode(201);
        accept(tokenOf(invited.path("url"))).then().statusCode(409);
    }

    @ParameterizedTest
    @CsvSource({"not-an-address, viewer, email", "a@customer.example, unknown, role"})
    void an_invalid_invitation_is_refused_with_the_field(String email, String role, String field) {
        invite(anOwner(), email, role)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void a_short_password_is_refused_and_the_link_stays_valid() {
        String token = tokenOf(invite(anOwner(), anEmail(), "viewer").path("url"));

        anyone().body(Map.of("token", token, "password", "short"))
                .post("/v1/auth/invitation/accept")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("password"));

        accept(token).then().statusCode(201);
    }

    @Test
    void invitations_of_another_account_are_not_found() {
        String id = invite(anOwner(), anEmail(), "viewer").path("id");

        with(anOwner()).delete("/v1/invitations/" + id).then().statusCode(404);
    }

    private static Response invite(String inviter, String email, String role) {
        return with(inviter).body(Map.of("email", email, "role", role)).post("/v1/invitations");
    }

    private static Response accept(String token) {
        return anyone().body(Map.of("token", token, "password", PASSWORD))
                .post("/v1/auth/invitation/accept");
    }
}
