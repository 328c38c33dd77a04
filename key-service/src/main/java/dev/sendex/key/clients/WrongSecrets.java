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

/// Slows down guessing of client secrets: after a number of wrong secrets within a minute for the
/// same client id and network, responses are delayed. Requests with the correct secret are never
/// delayed, so nobody can slow down a service, not even from its own network.
///
/// Each instance counts separately and drops entries if there are too many. The number of delayed
/// responses at a time is limited.
@ApplicationScoped
class WrongSecrets {

    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ENTRIES = 10_000;
    private static final int MAX_DELAYED = 1_000;
    private static final String UNREGISTERED = "";

    private record Pair(String clientId, ClientNetwork network) {}

    private final Cache<Pair, AtomicInteger> counts;
    private final int perMinute;
    private final Duration delay;
    private final Vertx vertx;
    private final AtomicInteger delayed = new AtomicInteger();

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
                        .maximumSize(MAX_ENTRIES)
                        .build();
    }

    /// Fails with the refusal, immediately or delayed.
    ///
    /// @param clientId null if it is not registered; all unregistered ids count as one
    <T> Uni<T> refuse(
            OAuthRefusal refusal, @Nullable String clientId, @Nullable InetAddress client) {
        if (isWithinLimit(clientId, client) || delayed.get() >= MAX_DELAYED) {
            return Uni.createFrom().failure(refusal);
        }
        delayed.incrementAndGet();
        return Uni.createFrom()
                .emitter(answer ->
                        vertx.setTimer(
                                Math.max(1, delay.toMillis()),
                                _ -> {
                                    delayed.decrementAndGet();
                                    answer.fail(refusal);
                                }));
    }

    /// Counts a wrong secret. The window starts with the first one of a client id and network.
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
