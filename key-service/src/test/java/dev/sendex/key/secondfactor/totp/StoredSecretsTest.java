package dev.sendex.key.secondfactor.totp;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.sendex.key.Authenticator;
import dev.sendex.key.MailReceiver;
import dev.sendex.key.MovableClock;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is stored in the database. The tests run with two keys, of which 2 is the current one.
@QuarkusTest
@RunningService
class StoredSecretsTest {

    @ConfigProperty(name = "sendex.second-factor.keys.\"1\"")
    String formerKey;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject Pool pool;

    @Inject MovableClock clock;

    private String email;
    private UUID member;
    private String session;
    private Authenticator app;

    @BeforeEach
    void enableSecondFactor() {
        email = anEmail();
        var signedUp = signUp(email);
        member = UUID.fromString(signedUp.path("user.id"));
        session = signedUp.path("access_token");
        app = Authenticator.of(session, clock);
    }

    @AfterEach
    void cleanUp() {
        clock.reset();
        execute("delete from second_factor where member_id = $1", Tuple.of(member));
    }

    @Test
    void secrets_and_recovery_codes_are_not_stored_in_plain_text() {
        Row row = row();
        String secret = row.getBuffer("secret").toString(StandardCharsets.ISO_8859_1);
        String hashes = Arrays.toString(row.getArrayOfStrings("recovery_hashes"));

        assertThat(secret).doesNotContain(app.secret());
        assertThat(hashes)
                .doesNotContain(app.recoveryCode(0))
                .doesNotContain(app.recoveryCode(0).replace("-", ""));
    }

    @Test
    void a_secret_with_an_old_key_is_migrated_when_a_code_is_used() {
        int before = membersOf(1);
        EncryptedSecret former =
                TotpSecretCipherTest.cipher(Map.of(1, formerKey), OptionalInt.empty())
                        .encrypt(member, new TotpSecret(app.secret()));
        execute(
                "update second_factor set secret = $2, key_version = 1 where member_id = $1",
                Tuple.of(member, Buffer.buffer(former.bytes())));
        assertThat(membersOf(1)).isEqualTo(before + 1);

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);

        assertThat(row().getInteger("key_version")).isEqualTo(2);
        assertThat(membersOf(1)).isEqualTo(before);
        assertThat(report().getInt("current")).isEqualTo(2);
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void without_the_key_recovery_codes_still_work_and_the_secret_is_reported() {
        execute("update second_factor set key_version = 7 where member_id = $1", Tuple.of(member));

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(401);
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(200);

        assertThat(report().getBoolean("keys.find { it.version == 7 }.configured")).isFalse();
        assertThat(membersOf(7)).isEqualTo(1);
    }

    @Test
    void after_a_hundred_wrong_codes_only_a_recovery_code_is_accepted() {
        execute("update second_factor set wrong_codes = 99 where member_id = $1", Tuple.of(member));
        signIn(email, PASSWORD, app.wrongCode())
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));

        signIn(email, PASSWORD, app.nextCode())
                .then()
                .statusCode(401)
                .body("code", equalTo("second_factor_required"));
        with(session)
                .get("/v1/audit-events")
                .then()
                .body("data.action", hasItem("member.second_factor_locked"));
        with(session)
                .body(Map.of("password", PASSWORD, "code", app.nextCode()))
                .post("/v1/auth/second-factor/disable")
                .then()
                .statusCode(422)
                .body("errors[0].message", equalTo("must be a recovery code"));

        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(200);
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
    }

    @Test
    void a_correct_code_resets_the_count_of_wrong_ones() {
        signIn(email, PASSWORD, app.wrongCode()).then().statusCode(401);
        assertThat(row().getInteger("wrong_codes")).isEqualTo(1);

        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);

        assertThat(row().getInteger("wrong_codes")).isZero();
    }

    @Test
    void members_are_notified_of_changes_to_their_second_factor() throws Exception {
        MailReceiver.open("sk_test_of_the_operator");
        try {
            signIn(email, PASSWORD, app.recoveryCode(0));
            for (int guess = 0; guess < 10; guess++) {
                signIn(email, PASSWORD, app.wrongCode());
            }
            with(session)
                    .body(Map.of("password", PASSWORD, "code", app.nextCode()))
                    .post("/v1/auth/second-factor/disable");
            Authenticator.of(session, clock);

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(subjects())
                                    .containsExactlyInAnyOrder(
                                            "A Sendex recovery code was used",
                                            "Somebody may know your Sendex password",
                                            "Two-factor authentication is disabled for your Sendex"
                                                    + " account",
                                            "Two-factor authentication is enabled for your Sendex"
                                                    + " account"));
        } finally {
            MailReceiver.close();
        }
    }

    private List<String> subjects() {
        return MailReceiver.to(email).stream()
                .map(mail -> mail.body().path("subject").asText())
                .toList();
    }

    private int membersOf(int key) {
        return report().getInt("keys.find { it.version == %d }.members".formatted(key));
    }

    private JsonPath report() {
        return given().port(managementPort)
                .get("/q/second-factor-keys")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private Row row() {
        return pool.preparedQuery("select * from second_factor where member_id = $1")
                .execute(Tuple.of(member))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    private void execute(String statement, Tuple parameters) {
        pool.preparedQuery(statement).execute(parameters).await().indefinitely();
    }
}
