package dev.sendex.send.emails.accepting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretsStaySecretTest extends SendServiceTest {

    @Test
    void neither_keys_nor_addresses_nor_bodies_are_logged_whatever_goes_wrong() {
        TestAccount account = anAccount();
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler handler = recordingHandler(logged);
        Logger.getLogger("").addHandler(handler);
        try {
            Map<String, Object> email = account.email("Zaphod <zaphod.secret@example.net>");
            email.put("html", "<p>the-body-is-secret</p>");
            ses.control().fail(2, 503, "ServiceUnavailable", "for zaphod.secret@example.net");
            String retried = send(account, email);
            within(20).until(() -> lastEvent(account, retried).equals("sent"));
            ses.control()
                    .fail(1, 400, "MessageRejected", "not verified: zaphod.secret@example.net");
            String failed = send(account, email);
            within(20).until(() -> lastEvent(account, failed).equals("failed"));
            email.put("colour", "secret");
            trySend(account.key(), email).statusCode(422);
        } finally {
            Logger.getLogger("").removeHandler(handler);
        }
        assertThat(logged).isNotEmpty();
        assertThat(String.join("\n", logged))
                .doesNotContain("zaphod.secret", "the-body-is-secret", account.key());
    }

    private static Handler recordingHandler(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(
                        entry.getMessage()
                                + " "
                                + Arrays.toString(entry.getParameters())
                                + " "
                                + entry.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
