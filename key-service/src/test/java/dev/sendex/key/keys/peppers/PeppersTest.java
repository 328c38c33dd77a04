package dev.sendex.key.keys.peppers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeppersTest {

    private static final String FORMER = aPepper();
    private static final String NEW = aPepper();

    private final ApiKeyToken token =
            ApiKeyToken.generate(Environment.LIVE, UUID.randomUUID(), new SecureRandom());
    private final Peppers before = peppers(Map.of(1, FORMER), OptionalInt.empty());
    private final Peppers prepared = peppers(Map.of(1, FORMER, 2, NEW), OptionalInt.of(1));
    private final Peppers after = peppers(Map.of(1, FORMER, 2, NEW), OptionalInt.empty());

    /// In a rolling update every instance must accept keys that another one has written.
    @Test
    void a_new_pepper_is_known_everywhere_before_it_is_used() {
        assertThat(before.verify(token, prepared.mac(token))).isTrue();
        assertThat(prepared.verify(token, before.mac(token))).isTrue();
        assertThat(prepared.verify(token, after.mac(token))).isTrue();
        assertThat(after.verify(token, prepared.mac(token))).isTrue();
    }

    @Test
    void keys_are_migrated_to_the_current_pepper_and_never_back() {
        assertThat(prepared.isOutdated(before.mac(token))).isFalse();
        assertThat(after.isOutdated(prepared.mac(token))).isTrue();
        assertThat(prepared.isOutdated(after.mac(token))).isFalse();
    }

    @Test
    void a_version_without_a_pepper_stops_the_start() {
        assertThatThrownBy(() -> peppers(Map.of(1, FORMER), OptionalInt.of(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sendex.keys.pepper-version is 2");
    }

    private static Peppers peppers(Map<Integer, String> peppers, OptionalInt version) {
        return new Peppers(new Settings(peppers, version));
    }

    private record Settings(Map<Integer, String> peppers, OptionalInt pepperVersion)
            implements PepperConfig {}

    private static String aPepper() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
