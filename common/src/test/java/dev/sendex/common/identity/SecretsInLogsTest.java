package dev.sendex.common.identity;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.EMAILS_READ;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With all loggers at their most verbose level.
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IntrospectionResource.class)
class SecretsInLogsTest {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Handler capture = new LogCapture(lines);
    private final Logger root = Logger.getLogger("");
    private Level level = Level.INFO;

    IntrospectionAuthority authority;

    @BeforeEach
    void captureLogs() {
        level = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(capture);
    }

    @AfterEach
    void stopCapture() {
        root.removeHandler(capture);
        root.setLevel(level);
        authority.recover();
    }

    @Test
    void no_log_line_contains_a_token() {
        ApiKeyToken known = aToken();
        authority.grant(known.value(), aGrant(known, EMAILS_READ).toJson());
        ApiKeyToken malformed = aToken();
        authority.grant(malformed.value(), Map.of("scope", "x"));
        ApiKeyToken unknown = aToken();
        ApiKeyToken failing = aToken();
        String session =
                authority.session(
                        Map.of(
                                "sub",
                                UUID.randomUUID().toString(),
                                "account_id",
                                UUID.randomUUID().toString(),
                                "role",
                                "owner",
                                "scope",
                                "emails:read"));
        String broken = session.substring(0, session.length() - 4) + "AAAA";

        assertThat(call(known.value())).isEqualTo(200);
        assertThat(call(session)).isEqualTo(200);
        assertThat(call(unknown.value())).isEqualTo(401);
        assertThat(call(broken)).isEqualTo(401);
        assertThat(call(known.value() + "x")).isEqualTo(401);
        assertThat(call(malformed.value())).isEqualTo(503);
        authority.failWith(500);
        assertThat(call(failing.value())).isEqualTo(503);

        assertThat(lines).isNotEmpty();
        for (ApiKeyToken token : List.of(known, malformed, unknown, failing)) {
            String secret = token.value().substring(30, 62);
            assertThat(lines).noneMatch(line -> line.contains(secret));
        }
        String signature = session.substring(session.lastIndexOf('.') + 1, session.length() - 4);
        assertThat(lines).noneMatch(line -> line.contains(signature));
        assertThat(lines).noneMatch(line -> line.contains(authority.clientSecret()));
    }

    private static int call(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get("/guarded/emails")
                .statusCode();
    }

    private static final class LogCapture extends Handler {

        private static final Formatter FORMAT = new PatternFormatter("%s %X%e");

        private final Queue<String> lines;

        LogCapture(Queue<String> lines) {
            this.lines = lines;
            setLevel(Level.ALL);
        }

        /// Ignores the test's own HTTP client, which logs the headers that it sends.
        @Override
        public void publish(LogRecord line) {
            if (line.getLoggerName() != null
                    && line.getLoggerName().startsWith("org.apache.http")) {
                return;
            }
            lines.add(FORMAT.format(line) + Arrays.toString(line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
