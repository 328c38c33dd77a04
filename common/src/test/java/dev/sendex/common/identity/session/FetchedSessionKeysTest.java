package dev.sendex.common.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FetchedSessionKeysTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final IntrospectionResource resource = new IntrospectionResource();
    private final FetchedSessionKeys keys =
            new FetchedSessionKeys(vertx, config(resource.start()), nanos::get);
    private final IntrospectionAuthority authority = authority(resource);

    @AfterEach
    void close() {
        keys.close();
        vertx.closeAndAwait();
        resource.stop();
    }

    @Test
    void a_published_key_is_found_and_an_unknown_key_is_not() {
        assertThat(find(published())).isNotNull();
        assertThat(find("another")).isNull();
    }

    @Test
    void unknown_keys_cause_at_most_one_fetch_in_five_seconds() throws IOException {
        assertThat(find("one")).isNull();
        authority.stop();
        assertThat(find("two")).isNull();

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThatThrownBy(() -> find("three")).isNotNull();
        authority.start();
        assertThat(find("three")).isNull();
    }

    @Test
    void known_keys_stay_valid_while_the_set_cannot_be_fetched() {
        String known = published();
        assertThat(find(known)).isNotNull();
        authority.stop();

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(find(known)).isNotNull();
    }

    private @Nullable PublicKey find(String keyId) {
        return keys.find(keyId).await().atMost(Duration.ofSeconds(20));
    }

    private String published() {
        String header = authority.session(Map.of()).split("\\.", 2)[0];
        String json = new String(Base64.getUrlDecoder().decode(header));
        return json.replaceAll(".*\"kid\":\"([^\"]+)\".*", "$1");
    }

    static SessionKeysConfig config(Map<String, String> settings) {
        String name = "sendex.sessions.jwks-url";
        return new SmallRyeConfigBuilder()
                .withMapping(SessionKeysConfig.class)
                .withConverter(Duration.class, 200, text -> Duration.parse("PT" + text))
                .withDefaultValues(Map.of(name, settings.get(name)))
                .build()
                .getConfigMapping(SessionKeysConfig.class);
    }

    static IntrospectionAuthority authority(IntrospectionResource resource) {
        AtomicReference<IntrospectionAuthority> injected = new AtomicReference<>();
        resource.inject((value, _) -> injected.set((IntrospectionAuthority) value));
        return injected.get();
    }
}
