package dev.sendex.key;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.tokenOf;
import static dev.sendex.key.Callers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.fixture.Contract;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Nothing is changed over HTTP that the audit log does not tell of.
@QuarkusTest
@RunningService
class EveryChangeTest {

    /// Operations that write nothing worth telling, and why.
    private static final Map<String, String> UNTOLD =
            Map.of(
                    "POST /oauth2/introspect", "only reads",
                    "POST /v1/auth/invitation", "only reads",
                    "POST /v1/auth/refresh", "goes on with a session, whose beginning was told",
                    "POST /v1/auth/second-factor",
                            "begins what changes nothing until it is confirmed",
                    "POST /v1/auth/password-reset",
                            "anyone may ask for a mail; what is told is the password that is set");

    /// What an operation was done to, and what its account's log ends with.
    ///
    /// @param actions the newest last
    private record Told(String owner, String... actions) {}

    private static final Map<String, Supplier<Told>> STORIES =
            Map.ofEntries(
                    Map.entry("POST /v1/auth/sign-up", EveryChangeTest::signsUp),
                    Map.entry("POST /v1/auth/sign-in", EveryChangeTest::signsIn),
                    Map.entry("POST /v1/auth/sign-out", EveryChangeTest::signsOut),
                    Map.entry("POST /v1/auth/password", EveryChangeTest::changesThePassword),
                    Map.entry("POST /v1/members/{id}/password-reset", EveryChangeTest::makesALink),
                    Map.entry("POST /v1/auth/password-reset/confirm", EveryChangeTest::usesALink),
                    Map.entry("POST /v1/invitations", EveryChangeTest::invites),
                    Map.entry("DELETE /v1/invitations/{id}", EveryChangeTest::withdraws),
                    Map.entry("POST /v1/auth/invitation/accept", EveryChangeTest::joins),
                    Map.entry("POST /v1/auth/second-factor/confirm", EveryChangeTest::confirms),
                    Map.entry(
                            "POST /v1/auth/second-factor/recovery-codes",
                            EveryChangeTest::renewsCodes),
                    Map.entry("POST /v1/auth/second-factor/disable", EveryChangeTest::disables),
                    Map.entry(
                            "DELETE /v1/members/{id}/second-factor",
                            EveryChangeTest::disablesAnothers),
                    Map.entry("PATCH /v1/members/{id}", EveryChangeTest::changesARole),
                    Map.entry("DELETE /v1/members/{id}", EveryChangeTest::removesAMember),
                    Map.entry("DELETE /v1/sessions/{id}", EveryChangeTest::endsASession),
                    Map.entry("PATCH /v1/account", EveryChangeTest::renames),
                    Map.entry("POST /v1/api-keys", EveryChangeTest::issues),
                    Map.entry("PATCH /v1/api-keys/{id}", EveryChangeTest::edits),
                    Map.entry("DELETE /v1/api-keys/{id}", EveryChangeTest::revokes),
                    Map.entry("POST /v1/api-keys/{id}/rotate", EveryChangeTest::rotates),
                    Map.entry("DELETE /v1/api-keys/{id}/rotation", EveryChangeTest::endsARotation),
                    Map.entry("POST /v1/api-keys/leaks", EveryChangeTest::findsAToken),
                    Map.entry("POST /v1/api-keys/report", EveryChangeTest::reportsAToken));

    @Test
    void every_operation_that_writes_has_its_story_or_a_reason() {
        Set<String> writing =
                Contract.read().operations().stream()
                        .filter(operation -> !operation.startsWith("GET "))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(STORIES.keySet());
        known.addAll(UNTOLD.keySet());

        assertThat(known).isEqualTo(writing);
    }

    @TestFactory
    Stream<DynamicTest> what_is_done_is_told() {
        return STORIES.entrySet().stream()
                .map(story ->
                        DynamicTest.dynamicTest(
                                story.getKey(), () -> assertTold(story.getValue().get())));
    }

    private static void assertTold(Told told) {
        List<String> newestFirst =
                with(told.owner())
                        .get("/v1/audit-events?limit=" + told.actions().length)
                        .path("data.action");

        assertThat(newestFirst.reversed()).containsExactly(told.actions());
        with(told.owner()).get("/v1/audit-events/verify").then().body("valid", equalTo(true));
    }

    private static Told signsUp() {
        return new Told(anOwner(), "account.created", "session.opened");
    }

    private static Told signsIn() {
        String email = anEmail();
        signUp(email);
        String session = signIn(email, PASSWORD).path("access_token");
        return new Told(session, "account.created", "session.opened", "session.opened");
    }

    private static Told signsOut() {
        String email = anEmail();
        Response first = signUp(email);
        String second = signIn(email, PASSWORD).path("access_token");
        anyone().cookie("sendex_refresh", first.cookie("sendex_refresh"))
                .post("/v1/auth/sign-out")
                .then()
                .statusCode(200);
        return new Told(second, "session.opened", "session.ended");
    }

    private static Told changesThePassword() {
        String owner = anOwner();
        with(owner)
                .body(Map.of("current_password", PASSWORD, "new_password", "quite another phrase"))
                .post("/v1/auth/password")
                .then()
                .statusCode(200);
        return new Told(owner, "member.password_changed");
    }

    private static Told makesALink() {
        String owner = anOwner();
        aLink(owner);
        return new Told(owner, "member.password_reset_requested");
    }

    private static Told usesALink() {
        String owner = anOwner();
        anyone().body(Map.of("token", tokenOf(aLink(owner)), "password", "quite another phrase"))
                .post("/v1/auth/password-reset/confirm")
                .then()
                .statusCode(200);
        return new Told(owner, "member.password_reset_requested", "member.password_reset");
    }

    private static String aLink(String owner) {
        String member = join(owner, anEmail(), "viewer").path("user.id");
        return with(owner)
                .post("/v1/members/" + member + "/password-reset")
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private static Told invites() {
        String owner = anOwner();
        anInvitation(owner);
        return new Told(owner, "member.invited");
    }

    private static Told withdraws() {
        String owner = anOwner();
        with(owner).delete("/v1/invitations/" + anInvitation(owner)).then().statusCode(200);
        return new Told(owner, "member.invited", "member.invitation_withdrawn");
    }

    private static String anInvitation(String owner) {
        return with(owner)
                .body(Map.of("email", anEmail(), "role", "viewer"))
                .post("/v1/invitations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Told joins() {
        String owner = anOwner();
        aMember(owner, "viewer");
        return new Told(owner, "member.invited", "member.joined", "session.opened");
    }

    private static Told confirms() {
        String owner = anOwner();
        anAuthenticator(owner);
        return new Told(owner, "session.opened", "member.second_factor_enabled");
    }

    private static Told renewsCodes() {
        String owner = anOwner();
        withBothProofs(owner, anAuthenticator(owner), "recovery-codes");
        return new Told(owner, "member.second_factor_enabled", "member.recovery_codes_renewed");
    }

    private static Told disables() {
        String owner = anOwner();
        withBothProofs(owner, anAuthenticator(owner), "disable");
        return new Told(owner, "member.second_factor_enabled", "member.second_factor_disabled");
    }

    private static void withBothProofs(String owner, Authenticator app, String change) {
        with(owner)
                .body(Map.of("password", PASSWORD, "code", app.nextCode()))
                .post("/v1/auth/second-factor/" + change)
                .then()
                .statusCode(200);
    }

    private static Told disablesAnothers() {
        String owner = anOwner();
        Response member = join(owner, anEmail(), "viewer");
        anAuthenticator(member.path("access_token"));
        with(owner)
                .delete("/v1/members/" + member.path("user.id") + "/second-factor")
                .then()
                .statusCode(200);
        return new Told(owner, "member.second_factor_enabled", "member.second_factor_disabled");
    }

    private static Authenticator anAuthenticator(String session) {
        return Authenticator.of(session, CDI.current().select(MovableClock.class).get());
    }

    private static Told changesARole() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "viewer").path("user.id");
        with(owner)
                .body(Map.of("role", "admin"))
                .patch("/v1/members/" + member)
                .then()
                .statusCode(200);
        return new Told(owner, "member.role_changed");
    }

    /// Their keys change with them.
    private static Told removesAMember() {
        String owner = anOwner();
        Response first = join(owner, anEmail(), "admin");
        Response second = join(owner, anEmail(), "admin");
        issue(first.path("access_token"), Map.of("preset", "read_only")).then().statusCode(201);
        String heir = second.path("user.id");
        with(owner)
                .delete("/v1/members/" + first.path("user.id") + "?hand_over_to=" + heir)
                .then()
                .statusCode(200);
        with(owner).delete("/v1/members/" + heir).then().statusCode(200);
        return new Told(
                owner,
                "api_key.created",
                "api_key.handed_over",
                "member.removed",
                "api_key.revoked",
                "member.removed");
    }

    private static Told endsASession() {
        String email = anEmail();
        signUp(email);
        String session = signIn(email, PASSWORD).path("access_token");
        String other = with(session).get("/v1/sessions").path("data[1].id");
        with(session).delete("/v1/sessions/" + other).then().statusCode(200);
        return new Told(session, "session.opened", "session.ended");
    }

    private static Told renames() {
        String owner = anOwner();
        with(owner).body(Map.of("name", "Renamed")).patch("/v1/account").then().statusCode(200);
        return new Told(owner, "account.renamed");
    }

    private static Told issues() {
        String owner = anOwner();
        anApiKey(owner);
        return new Told(owner, "api_key.created");
    }

    private static Told edits() {
        String owner = anOwner();
        with(owner)
                .body(Map.of("name", "another"))
                .patch("/v1/api-keys/" + anApiKey(owner))
                .then()
                .statusCode(200);
        return new Told(owner, "api_key.created", "api_key.updated");
    }

    private static Told revokes() {
        String owner = anOwner();
        with(owner).delete("/v1/api-keys/" + anApiKey(owner)).then().statusCode(200);
        return new Told(owner, "api_key.created", "api_key.revoked");
    }

    private static Told rotates() {
        String owner = anOwner();
        aRotatedKey(owner);
        return new Told(owner, "api_key.created", "api_key.rotated");
    }

    private static Told endsARotation() {
        String owner = anOwner();
        String key = aRotatedKey(owner);
        with(owner).delete("/v1/api-keys/" + key + "/rotation").then().statusCode(200);
        return new Told(owner, "api_key.rotated", "api_key.rotation_ended");
    }

    private static String aRotatedKey(String owner) {
        String key = anApiKey(owner);
        with(owner).post("/v1/api-keys/" + key + "/rotate").then().statusCode(201);
        return key;
    }

    private static String anApiKey(String owner) {
        return issue(owner, Map.of("preset", "read_only"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Told findsAToken() {
        String owner = anOwner();
        String alert =
                "[{\"token\":\"%s\",\"type\":\"sendex_api_key\",\"url\":\"https://code.example\"}]"
                        .formatted(aKey(owner, "api_keys:read"));
        anyone().header("Github-Public-Key-Identifier", GitHubKey.ID)
                .header("Github-Public-Key-Signature", GitHubKey.sign(alert.getBytes(UTF_8)))
                .body(alert)
                .post("/v1/api-keys/leaks")
                .then()
                .statusCode(200);
        return new Told(owner, "api_key.created", "api_key.leaked");
    }

    private static Told reportsAToken() {
        String owner = anOwner();
        anyone().body(Map.of("token", aKey(owner, "api_keys:read")))
                .post("/v1/api-keys/report")
                .then();
        return new Told(owner, "api_key.created", "api_key.leaked");
    }
}
