package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.introspection.Introspection.Active;
import dev.sendex.common.introspection.Introspection.Inactive;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class KeyRowsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 200;

    @Inject StoredKeys keys;

    /// Far more at once than go into the statements under way.
    @Test
    void everyone_who_asks_at_once_gets_the_answer_to_their_own_token() {
        String owner = anOwner();
        List<ApiKeyToken> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(token(issue(owner, Map.of("preset", "read_only")).path("token")));
        }
        List<ApiKeyToken> asked = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            for (ApiKeyToken token : tokens) {
                asked.add(token);
                asked.add(forged(token.keyId()));
                asked.add(forged(UUID.randomUUID()));
            }
        }

        List<Introspection> answers =
                Uni.join()
                        .all(asked.stream().map(keys::introspect).toList())
                        .andFailFast()
                        .await()
                        .atMost(PATIENCE);

        for (int i = 0; i < asked.size(); i++) {
            if (tokens.contains(asked.get(i))) {
                UUID keyId = asked.get(i).keyId();
                assertThat(answers.get(i))
                        .isInstanceOfSatisfying(
                                Active.class,
                                answer -> assertThat(answer.grant().keyId()).isEqualTo(keyId));
            } else {
                assertThat(answers.get(i)).isInstanceOf(Inactive.class);
            }
        }
    }

    private static ApiKeyToken forged(UUID keyId) {
        return ApiKeyToken.generate(Environment.LIVE, keyId, new SecureRandom());
    }

    private static ApiKeyToken token(String text) {
        return Objects.requireNonNull(ApiKeyToken.parse(text));
    }
}
