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

/// How many unknown tokens key-service is asked about in a minute for one client. Guessing finds no
/// key, but each guess costs a question that the first use of a real key has to wait behind.
/// Clients are told apart by IPv4 address or IPv6 /64, since that is what one of them has to
/// itself; those that come from nowhere are one.
///
/// Each instance counts for itself: it is its own questions that it saves. Beyond so many clients
/// some are forgotten, and may ask anew.
@Singleton
public class GuessLimit {

    /// After this a client may ask about unknown tokens again.
    public static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int CLIENTS = 10_000;

    private final Cache<ClientNetwork, AtomicInteger> unknownTokens;
    private final IntrospectionCache cache;
    private final IntrospectionMetrics metrics;
    private final Ticker ticker;
    private final int limit;

    /// When a client last reached the limit. While that is long ago nobody is looked for.
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
                        .maximumSize(CLIENTS)
                        .build();
    }

    /// Whether this client's guesses are refused unasked.
    ///
    /// @param client finds its address; not called while nobody's are
    public boolean isReachedBy(Supplier<@Nullable InetAddress> client) {
        if (ticker.read() - lastReached >= WINDOW.toNanos()) {
            return false;
        }
        AtomicInteger count = unknownTokens.getIfPresent(ClientNetwork.of(client.get()));
        return count != null && count.get() >= limit;
    }

    /// Whether the token is a guess as far as is known: neither is an answer about it remembered
    /// that may be used, nor was it active when it was last asked about.
    public boolean isGuess(ApiKeyToken token) {
        TokenDigest digest = TokenDigest.of(token);
        CacheEntry known = cache.find(digest, token.keyId());
        return (known == null || !cache.isFresh(known)) && !cache.wasActive(digest);
    }

    /// Counts a guess that was refused unasked.
    public void countHeldBack() {
        metrics.heldBack();
    }

    /// Counts an unknown token. The minute starts with a client's first.
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
