package dev.sendex.common.introspection.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.introspection.cache.IntrospectionCache.CacheEntry;
import dev.sendex.common.network.ClientNetwork;
import dev.sendex.common.token.ApiKeyToken;
import io.netty.util.NetUtil;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Limits how many unknown tokens per client and minute are sent to key-service. Guessing never
/// finds a key, but each guess costs a lookup, which delays the first use of real keys. A client is
/// an IPv4 address or an IPv6 /64, since one client can use all of that; requests without a known
/// address count as one client.
///
/// Each instance counts separately, since it protects its own lookups. If there are too many
/// clients, some counters are dropped.
@Singleton
public class GuessLimit {

    /// The length of the window.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int MAX_CLIENTS = 10_000;

    private final Cache<ClientNetwork, AtomicInteger> unknownTokens;
    private final IntrospectionCache cache;
    private final IntrospectionMetrics metrics;
    private final Ticker ticker;
    private final int limit;

    /// When a client last reached the limit. If that is more than a window ago, no client has to be
    /// checked.
    private volatile long lastReached;

    GuessLimit(
            IntrospectionConfig config,
            IntrospectionCache cache,
            IntrospectionMetrics metrics,
            Ticker ticker) {
        this.cache = cache;
        this.metrics = metrics;
        this.ticker = ticker;
        lastReached = ticker.read() - WINDOW.toNanos();
        limit = config.unknownPerMinute();
        unknownTokens =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .expireAfterWrite(WINDOW)
                        .maximumSize(MAX_CLIENTS)
                        .build();
    }

    /// Whether guesses of this client are refused without a lookup.
    ///
    /// @param client the client's address; only called if any client has reached the limit
    public boolean isReachedBy(Supplier<@Nullable InetAddress> client) {
        if (ticker.read() - lastReached >= WINDOW.toNanos()) {
            return false;
        }
        AtomicInteger count = unknownTokens.getIfPresent(ClientNetwork.of(client.get()));
        return count != null && count.get() >= limit;
    }

    /// Whether the token looks like a guess: no usable response about it is cached, and it was not
    /// active at the last lookup.
    public boolean isGuess(ApiKeyToken token) {
        TokenDigest digest = TokenDigest.of(token);
        CacheEntry entry = cache.find(digest, token.keyId());
        return (entry == null || !cache.isFresh(entry)) && !cache.wasActive(digest);
    }

    /// Counts a guess that was refused without a lookup.
    public void countThrottled() {
        metrics.throttled();
    }

    /// Counts an unknown token. A client's window starts with the first one.
    void count(@Nullable InetAddress client) {
        int count =
                unknownTokens
                        .get(ClientNetwork.of(client), _ -> new AtomicInteger())
                        .incrementAndGet();
        if (count == limit) {
            lastReached = ticker.read();
            Log.warnf(
                    "client throttled for a minute, too many unknown tokens client=%s",
                    client == null ? "unknown" : NetUtil.toAddressString(client));
        }
    }
}
