package dev.sendex.key;

import static dev.sendex.key.Callers.PASSWORD;
import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.signIn;
import static dev.sendex.key.Callers.signUp;
import static dev.sendex.key.Callers.with;
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
    private final Handler listener = new Listener(lines);

    @Inject MovableClock clock;

    @BeforeEach
    void listen() {
        root.addHandler(listener);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stopListening() {
        clock.reset();
        root.removeHandler(listener);
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
    void nothing_of_a_second_factor_is_logged() {
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

    private static final class Listener extends Handler {

        private static final PatternFormatter FORMAT = new PatternFormatter("%c %s %X %e");

        private final List<String> lines;

        Listener(List<String> lines) {
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
