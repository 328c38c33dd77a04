package dev.sendex.common.identity.session;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.runtime.SingleFlight;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// The key set of key-service. It is fetched when a session's key is not in it or it is five
/// minutes old, by one request at a time and at most every five seconds. If it cannot be fetched,
/// the current keys remain valid.
@Singleton
@Startup // a setting that is missing must stop the start
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class FetchedSessionKeys implements SessionKeys {

    private static final int OK = 200;

    private final WebClient client;
    private final Ticker ticker;
    private final SessionKeysConfig config;
    private final URI address;
    private final SingleFlight<URI, KeySet> fetches = new SingleFlight<>();
    private volatile @Nullable KeySet current;
    private volatile long attemptedAt;

    private record KeySet(Map<String, PublicKey> keys, long fetchedAt) {}

    FetchedSessionKeys(Vertx vertx, SessionKeysConfig config, Ticker ticker) {
        client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
        this.config = config;
        address = config.requiredJwksUrl();
        this.ticker = ticker;
    }

    @Override
    public Uni<@Nullable PublicKey> find(String keyId) {
        KeySet set = current;
        if (set == null || (lacks(set, keyId) && hasPassed(config.jwksPause(), set.fetchedAt()))) {
            return fetch().map(fresh -> fresh.keys().get(keyId));
        }
        if (hasPassed(config.jwksFreshFor(), set.fetchedAt())
                && hasPassed(config.jwksPause(), attemptedAt)) {
            Uni<KeySet> _ = fetch();
        }
        return Uni.createFrom().item(set.keys().get(keyId));
    }

    private static boolean lacks(KeySet set, String keyId) {
        return !set.keys().containsKey(keyId);
    }

    private boolean hasPassed(Duration time, long since) {
        return ticker.read() - since >= time.toNanos();
    }

    private Uni<KeySet> fetch() {
        return fetches.join(address, this::get, () -> {});
    }

    private Uni<KeySet> get() {
        long now = ticker.read();
        attemptedAt = now;
        return client.getAbs(address.toString())
                .timeout(config.jwksTimeout().toMillis())
                .send()
                .map(response -> new KeySet(keys(response), now))
                .invoke(fetched -> current = fetched)
                .onFailure()
                .invoke(FetchedSessionKeys::warn);
    }

    private static void warn(Throwable failure) {
        Log.warnf("fetching session keys failed reason=\"%s\"", failure);
    }

    private static Map<String, PublicKey> keys(HttpResponse<Buffer> response) {
        if (response.statusCode() != OK) {
            throw new IllegalStateException("status " + response.statusCode());
        }
        try {
            Map<String, PublicKey> keys = new HashMap<>();
            for (JsonWebKey key : new JsonWebKeySet(response.bodyAsString()).getJsonWebKeys()) {
                if (key instanceof PublicJsonWebKey published && key.getKeyId() != null) {
                    keys.put(key.getKeyId(), published.getPublicKey());
                }
            }
            return Map.copyOf(keys);
        } catch (JoseException malformed) {
            throw new IllegalStateException("not a key set", malformed);
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
