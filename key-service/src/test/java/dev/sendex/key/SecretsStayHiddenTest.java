package dev.sendex.key;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class SecretsStayHiddenTest {

    private final Logger root = Logger.getLogger("dev.sendex");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler capture = new LogCapture(lines);

    @Inject MovableClock clock;
    @ClientSecret String secret;

    @BeforeEach
    void captureLogs() {
        root.addHandler(capture);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stopCapture() {
        clock.reset();
        root.removeHandler(capture);
        root.setLevel(null);
    }

    @Test
    void neither_tokens_nor_passwords_nor_addresses_are_logged() {
        String email = anEmail();
        Response signedUp = signUp(email);
        String session = signedUp.path("access_token");
        Response key = issue(session, Map.of("preset", "sending_access"));
        with(key.path("token")).get("/v1/api-keys/me");
        with(session).delete("/v1/api-keys/" + key.path("id"));

        assertThat(lines).anyMatch(line -> line.contains(key.<String>path("id")));
        assertThat(String.join("\n", lines))
                .doesNotContain(key.<String>path("token"))
                .doesNotContain(session)
                .doesNotContain(signedUp.cookie("sendex_refresh"))
                .doesNotContain(PASSWORD)
                .doesNotContain(email);
    }

    @Test
    void secrets_and_codes_of_a_second_factor_are_not_logged() {
        String email = anEmail();
        String session = signUp(email).path("access_token");
        Authenticator app = Authenticator.of(session, clock);
        signIn(email, PASSWORD, app.nextCode()).then().statusCode(200);
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(200);
        signIn(email, PASSWORD, app.recoveryCode(0)).then().statusCode(401);

        assertThat(String.join("\n", lines))
                .isNotEmpty()
                .doesNotContain(app.secret())
                .doesNotContain(app.recoveryCode(0))
                .doesNotContain(app.recoveryCode(0).replace("-", ""))
                .doesNotContain(app.recoveryCode(1));
    }

    @Test
    void tokens_of_rotated_and_leaked_keys_are_not_logged() {
        String owner = signUp(anEmail()).path("access_token");
        Response key = issue(owner, Map.of("preset", "full_access"));
        String former = key.path("token");
        Response rotated = with(owner).post("/v1/api-keys/" + key.path("id") + "/rotate");
        with(former).get("/v1/api-keys/me").then().statusCode(200);
        String token = rotated.path("token");
        String alert =
                """
                [{"token": "%s", "type": "sendex_api_key", "url": "", "source": "content %s"}]
                """
                        .formatted(former, former);
        anyone().header("Github-Public-Key-Identifier", GitHubKey.ID)
                .header("Github-Public-Key-Signature", GitHubKey.sign(alert.getBytes(UTF_8)))
                .body(alert)
                .post("/v1/api-keys/leaks")
                .then()
                .statusCode(200);
        anyone().body(Map.of("token", token, "found_at", "here: " + token))
                .post("/v1/api-keys/report")
                .then()
                .statusCode(202);
        with(token).get("/v1/api-keys/me").then().statusCode(401);

        assertThat(lines).anyMatch(line -> line.contains(key.<String>path("id")));
        assertThat(String.join("\n", lines)).doesNotContain(former, secretOf(former));
        assertThat(String.join("\n", lines)).doesNotContain(token, secretOf(token));
    }

    @Test
    void credentials_in_introspection_requests_are_not_logged() {
        String owner = signUp(anEmail()).path("access_token");
        String token = issue(owner, Map.of("preset", "read_only")).path("token");
        for (String client : List.of(SecretsResource.CLIENT, "unknown")) {
            for (String presented : List.of(secret, secret + " which is wrong")) {
                for (String form : List.of(token, token + "0", "a.b.c " + token)) {
                    given().auth()
                            .preemptive()
                            .basic(client, presented)
                            .formParam("token", form)
                            .post("/oauth2/introspect");
                }
                given().formParam("client_id", client)
                        .formParam("client_secret", presented)
                        .formParam("token", token)
                        .post("/oauth2/introspect");
            }
        }
        given().get("/oauth2/introspect?token=" + token);

        assertThat(String.join("\n", lines)).doesNotContain(token, secretOf(token), secret);
    }

    @Test
    void tokens_in_forward_auth_requests_are_not_logged() {
        String owner = signUp(anEmail()).path("access_token");
        Response key = issue(owner, Map.of("preset", "read_only"));
        String token = key.path("token");
        for (int time = 0; time < 2; time++) {
            with(token).get("/oauth2/forward-auth");
            with(token + "0").get("/oauth2/forward-auth");
            with(token)
                    .header("X-Original-URI", "/orders?token=" + token)
                    .header("X-Original-Method", "GET")
                    .get("/oauth2/forward-auth?scope=emails:send");
            given().header("Authorization", "Basic " + token).get("/oauth2/forward-auth");
            with(owner).delete("/v1/api-keys/" + key.path("id"));
        }

        assertThat(lines).anyMatch(line -> line.contains(key.<String>path("id")));
        assertThat(String.join("\n", lines)).doesNotContain(token, secretOf(token), owner);
    }

    /// The part of a token that is not the key's id.
    private static String secretOf(String token) {
        return token.substring("sk_live_".length() + 22, token.length() - 6);
    }

    private static final class LogCapture extends Handler {

        private static final PatternFormatter FORMAT = new PatternFormatter("%c %s %X %e");

        private final List<String> lines;

        LogCapture(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(FORMAT.format(ExtLogRecord.wrap(entry)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
