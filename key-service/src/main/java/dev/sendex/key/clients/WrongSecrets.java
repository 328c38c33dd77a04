package dev.sendex.key.clients;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sendex.common.network.ClientNetwork;
import io.netty.util.NetUtil;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Slows down guessing at client secrets: beyond so many wrong ones within a minute, of one client
/// id from one network, the answer comes late. A right secret is never among them, so nobody can
/// slow a service down, not even from its own network.
///
/// Each instance counts for itself, and forgets some where there are too many to remember; only so
/// many answers are held back at a time.
@ApplicationScoped
class WrongSecrets {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_PAIRS = 10_000;
    private static final int MAX_HELD_BACK = 1_000;
    private static final String UNREGISTERED = "";

    private record Pair(String clientId, ClientNetwork network) {}

    private final Cache<Pair, AtomicInteger> counts;
    private final int perMinute;
    private final Duration delay;
    private final Vertx vertx;
    private final AtomicInteger heldBack = new AtomicInteger();

    @Inject
    WrongSecrets(ClientConfig config, Vertx vertx, Ticker ticker) {
        this(config.wrongSecrets().perMinute(), config.wrongSecrets().delay(), vertx, ticker);
    }

    WrongSecrets(int perMinute, Duration delay, Vertx vertx, Ticker ticker) {
        this.perMinute = perMinute;
        this.delay = delay;
        this.vertx = vertx;
        counts =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .expireAfterWrite(WINDOW)
                        .maximumSize(MAX_PAIRS)
                        .build();
    }

    /// Fails with the refusal, now or late.
    ///
    /// @param clientId null where it is not registered: all such are one
    <T> Uni<T> refuse(
            OAuthRefusal refusal, @Nullable String clientId, @Nullable InetAddress client) {
        if (isWithinLimit(clientId, client) || heldBack.get() >= MAX_HELD_BACK) {
            return Uni.createFrom().failure(refusal);
        }
        heldBack.incrementAndGet();
        return Uni.createFrom()
                .emitter(answer ->
                        vertx.setTimer(
                                Math.max(1, delay.toMillis()),
                                _ -> {
                                    heldBack.decrementAndGet();
                                    answer.fail(refusal);
                                }));
    }

    /// Counts a wrong secret. The minute starts with the first of a pair.
    boolean isWithinLimit(@Nullable String clientId, @Nullable InetAddress client) {
        String id = clientId == null ? UNREGISTERED : clientId;
        int count =
                counts.get(new Pair(id, ClientNetwork.of(client)), _ -> new AtomicInteger())
                        .incrementAndGet();
        if (count == perMinute + 1) {
            Log.warnf(
                    "too many wrong client secrets, responses are delayed clientId=%s client=%s",
                    clientId == null ? "unregistered" : clientId,
                    client == null ? "unknown" : NetUtil.toAddressString(client));
        }
        return count <= perMinute;
    }
}
