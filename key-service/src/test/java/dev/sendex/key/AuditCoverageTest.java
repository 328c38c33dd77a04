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

/// Every change over HTTP is recorded in the audit log.
@QuarkusTest
@RunningService
class AuditCoverageTest {

    /// Operations that are not recorded, and why.
    private static final Map<String, String> NOT_RECORDED =
            Map.of(
                    "POST /oauth2/introspect", "only reads",
                    "POST /v1/auth/invitation", "only reads",
                    "POST /v1/auth/refresh", "continues a session, whose start is recorded",
                    "POST /v1/auth/second-factor", "changes nothing until it is confirmed",
                    "POST /v1/auth/password-reset",
                            "anyone can request an email; the new password is recorded");

    /// The account in which an operation was done, and the last actions in its audit log.
    ///
    /// @param owner a session of the account
    /// @param actions the newest last
    private record Recorded(String owner, String... actions) {}

    private static final Map<String, Supplier<Recorded>> SCENARIOS =
            Map.ofEntries(
                    Map.entry("POST /v1/auth/sign-up", AuditCoverageTest::signsUp),
                    Map.entry("POST /v1/auth/sign-in", AuditCoverageTest::signsIn),
                    Map.entry("POST /v1/auth/sign-out", AuditCoverageTest::signsOut),
                    Map.entry("POST /v1/auth/password", AuditCoverageTest::changesThePassword),
                    Map.entry(
                            "POST /v1/members/{id}/password-reset",
                            AuditCoverageTest::createsAResetLink),
                    Map.entry(
                            "POST /v1/auth/password-reset/confirm",
                            AuditCoverageTest::usesAResetLink),
                    Map.entry("POST /v1/invitations", AuditCoverageTest::invites),
                    Map.entry(
                            "DELETE /v1/invitations/{id}",
                            AuditCoverageTest::withdrawsAnInvitation),
                    Map.entry(
                            "POST /v1/auth/invitation/accept",
                            AuditCoverageTest::acceptsAnInvitation),
                    Map.entry(
                            "POST /v1/auth/second-factor/confirm",
                            AuditCoverageTest::enablesSecondFactor),
                    Map.entry(
                            "POST /v1/auth/second-factor/recovery-codes",
                            AuditCoverageTest::renewsRecoveryCodes),
                    Map.entry(
                            "POST /v1/auth/second-factor/disable",
                            AuditCoverageTest::disablesSecondFactor),
                    Map.entry(
                            "DELETE /v1/members/{id}/second-factor",
                            AuditCoverageTest::disablesForAnotherMember),
                    Map.entry("PATCH /v1/members/{id}", AuditCoverageTest::changesARole),
                    Map.entry("DELETE /v1/members/{id}", AuditCoverageTest::removesAMember),
                    Map.entry("DELETE /v1/sessions/{id}", AuditCoverageTest::endsASession),
                    Map.entry("PATCH /v1/account", AuditCoverageTest::renamesTheAccount),
                    Map.entry("POST /v1/api-keys", AuditCoverageTest::createsAKey),
                    Map.entry("PATCH /v1/api-keys/{id}", AuditCoverageTest::updatesAKey),
                    Map.entry("DELETE /v1/api-keys/{id}", AuditCoverageTest::revokesAKey),
                    Map.entry("POST /v1/api-keys/{id}/rotate", AuditCoverageTest::rotatesAKey),
                    Map.entry(
                            "DELETE /v1/api-keys/{id}/rotation", AuditCoverageTest::endsARotation),
                    Map.entry(
                            "POST /v1/api-keys/leaks", AuditCoverageTest::receivesAnAlertOfGitHub),
                    Map.entry("POST /v1/api-keys/report", AuditCoverageTest::receivesALeakReport));

    @Test
    void every_writing_operation_has_a_scenario_or_a_reason_not_to_be_recorded() {
        Set<String> writing =
                Contract.read().operations().stream()
                        .filter(operation -> !operation.startsWith("GET "))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(SCENARIOS.keySet());
        known.addAll(NOT_RECORDED.keySet());

        assertThat(known).isEqualTo(writing);
    }

    @TestFactory
    Stream<DynamicTest> every_writing_operation_is_recorded() {
        return SCENARIOS.entrySet().stream()
                .map(scenario ->
                        DynamicTest.dynamicTest(
                                scenario.getKey(),
                                () -> assertRecorded(scenario.getValue().get())));
    }

    private static void assertRecorded(Recorded recorded) {
        List<String> newestFirst =
                with(recorded.owner())
                        .get("/v1/audit-events?limit=" + recorded.actions().length)
                        .path("data.action");

        assertThat(newestFirst.reversed()).containsExactly(recorded.actions());
        with(recorded.owner()).get("/v1/audit-events/verify").then().body("valid", equalTo(true));
    }

    private static Recorded signsUp() {
        return new Recorded(anOwner(), "account.created", "session.opened");
    }

    private static Recorded signsIn() {
        String email = anEmail();
        signUp(email);
        String session = signIn(email, PASSWORD).path("access_token");
        return new Recorded(session, "account.created", "session.opened", "session.opened");
    }

    private static Recorded signsOut() {
        String email = anEmail();
        Response first = signUp(email);
        String second = signIn(email, PASSWORD).path("access_token");
        anyone().cookie("sendex_refresh", first.cookie("sendex_refresh"))
                .post("/v1/auth/sign-out")
                .then()
                .statusCode(200);
        return new Recorded(second, "session.opened", "session.ended");
    }

    private static Recorded changesThePassword() {
        String owner = anOwner();
        with(owner)
                .body(Map.of("current_password", PASSWORD, "new_password", "quite another phrase"))
                .post("/v1/auth/password")
                .then()
                .statusCode(200);
        return new Recorded(owner, "member.password_changed");
    }

    private static Recorded createsAResetLink() {
        String owner = anOwner();
        aResetLink(owner);
        return new Recorded(owner, "member.password_reset_requested");
    }

    private static Recorded usesAResetLink() {
        String owner = anOwner();
        anyone().body(
                        Map.of(
                                "token",
                                tokenOf(aResetLink(owner)),
                                "password",
                                "quite another phrase"))
                .post("/v1/auth/password-reset/confirm")
                .then()
                .statusCode(200);
        return new Recorded(owner, "member.password_reset_requested", "member.password_reset");
    }

    private static String aResetLink(String owner) {
        String member = join(owner, anEmail(), "viewer").path("user.id");
        return with(owner)
                .post("/v1/members/" + member + "/password-reset")
                .then()
                .statusCode(201)
                .extract()
                .path("url");
    }

    private static Recorded invites() {
        String owner = anOwner();
        anInvitation(owner);
        return new Recorded(owner, "member.invited");
    }

    private static Recorded withdrawsAnInvitation() {
        String owner = anOwner();
        with(owner).delete("/v1/invitations/" + anInvitation(owner)).then().statusCode(200);
        return new Recorded(owner, "member.invited", "member.invitation_withdrawn");
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

    private static Recorded acceptsAnInvitation() {
        String owner = anOwner();
        aMember(owner, "viewer");
        return new Recorded(owner, "member.invited", "member.joined", "session.opened");
    }

    private static Recorded enablesSecondFactor() {
        String owner = anOwner();
        anAuthenticator(owner);
        return new Recorded(owner, "session.opened", "member.second_factor_enabled");
    }

    private static Recorded renewsRecoveryCodes() {
        String owner = anOwner();
        changeSecondFactor(owner, anAuthenticator(owner), "recovery-codes");
        return new Recorded(owner, "member.second_factor_enabled", "member.recovery_codes_renewed");
    }

    private static Recorded disablesSecondFactor() {
        String owner = anOwner();
        changeSecondFactor(owner, anAuthenticator(owner), "disable");
        return new Recorded(owner, "member.second_factor_enabled", "member.second_factor_disabled");
    }

    private static void changeSecondFactor(String owner, Authenticator app, String change) {
        with(owner)
                .body(Map.of("password", PASSWORD, "code", app.nextCode()))
                .post("/v1/auth/second-factor/" + change)
                .then()
                .statusCode(200);
    }

    private static Recorded disablesForAnotherMember() {
        String owner = anOwner();
        Response member = join(owner, anEmail(), "viewer");
        anAuthenticator(member.path("access_token"));
        with(owner)
                .delete("/v1/members/" + member.path("user.id") + "/second-factor")
                .then()
                .statusCode(200);
        return new Recorded(owner, "member.second_factor_enabled", "member.second_factor_disabled");
    }

    private static Authenticator anAuthenticator(String session) {
        return Authenticator.of(session, CDI.current().select(MovableClock.class).get());
    }

    private static Recorded changesARole() {
        String owner = anOwner();
        String member = join(owner, anEmail(), "viewer").path("user.id");
        with(owner)
                .body(Map.of("role", "admin"))
                .patch("/v1/members/" + member)
                .then()
                .statusCode(200);
        return new Recorded(owner, "member.role_changed");
    }

    /// Their keys are transferred or revoked.
    private static Recorded removesAMember() {
        String owner = anOwner();
        Response first = join(owner, anEmail(), "admin");
        Response second = join(owner, anEmail(), "admin");
        issue(first.path("access_token"), Map.of("preset", "read_only")).then().statusCode(201);
        String newOwner = second.path("user.id");
        with(owner)
                .delete("/v1/members/" + first.path("user.id") + "?hand_over_to=" + newOwner)
                .then()
                .statusCode(200);
        with(owner).delete("/v1/members/" + newOwner).then().statusCode(200);
        return new Recorded(
                owner,
                "api_key.created",
                "api_key.handed_over",
                "member.removed",
                "api_key.revoked",
                "member.removed");
    }

    private static Recorded endsASession() {
        String email = anEmail();
        signUp(email);
        String session = signIn(email, PASSWORD).path("access_token");
        String other = with(session).get("/v1/sessions").path("data[1].id");
        with(session).delete("/v1/sessions/" + other).then().statusCode(200);
        return new Recorded(session, "session.opened", "session.ended");
    }

    private static Recorded renamesTheAccount() {
        String owner = anOwner();
        with(owner).body(Map.of("name", "Renamed")).patch("/v1/account").then().statusCode(200);
        return new Recorded(owner, "account.renamed");
    }

    private static Recorded createsAKey() {
        String owner = anOwner();
        anApiKey(owner);
        return new Recorded(owner, "api_key.created");
    }

    private static Recorded updatesAKey() {
        String owner = anOwner();
        with(owner)
                .body(Map.of("name", "another"))
                .patch("/v1/api-keys/" + anApiKey(owner))
                .then()
                .statusCode(200);
        return new Recorded(owner, "api_key.created", "api_key.updated");
    }

    private static Recorded revokesAKey() {
        String owner = anOwner();
        with(owner).delete("/v1/api-keys/" + anApiKey(owner)).then().statusCode(200);
        return new Recorded(owner, "api_key.created", "api_key.revoked");
    }

    private static Recorded rotatesAKey() {
        String owner = anOwner();
        aRotatedKey(owner);
        return new Recorded(owner, "api_key.created", "api_key.rotated");
    }

    private static Recorded endsARotation() {
        String owner = anOwner();
        String key = aRotatedKey(owner);
        with(owner).delete("/v1/api-keys/" + key + "/rotation").then().statusCode(200);
        return new Recorded(owner, "api_key.rotated", "api_key.rotation_ended");
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

    private static Recorded receivesAnAlertOfGitHub() {
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
        return new Recorded(owner, "api_key.created", "api_key.leaked");
    }

    private static Recorded receivesALeakReport() {
        String owner = anOwner();
        anyone().body(Map.of("token", aKey(owner, "api_keys:read")))
                .post("/v1/api-keys/report")
                .then();
        return new Recorded(owner, "api_key.created", "api_key.leaked");
    }
}
