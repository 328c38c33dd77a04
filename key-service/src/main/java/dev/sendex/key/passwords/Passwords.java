package dev.sendex.key.passwords;

import static dev.sendex.common.problem.Problem.SERVICE_UNAVAILABLE;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import dev.sendex.common.network.ClientNetwork;
import dev.sendex.common.network.client.CurrentClient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Argon2id on a separate small thread pool: hashing takes milliseconds of CPU by design, and a
/// flood of sign-ins must slow down only sign-ins. No client can occupy the whole pool.
@ApplicationScoped
public class Passwords {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PasswordConfig config;
    private final CurrentClient client;
    private final ClientShares shares;
    private final ThreadPoolExecutor pool;
    private final Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);

    /// Verified against if there is no member, so that it takes as long as a wrong password.
    private volatile @Nullable String dummyHash;

    Passwords(PasswordConfig config, CurrentClient client) {
        this.config = config;
        this.client = client;
        this.shares = new ClientShares(config.perClient());
        this.pool =
                new ThreadPoolExecutor(
                        config.concurrency(),
                        config.concurrency(),
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(config.waiting()),
                        Thread.ofPlatform().daemon().name("argon2-", 0).factory());
    }

    /// Refuses a new password that is too short. Length is the only requirement (NIST SP 800-63B,
    /// section 5.1.1.2).
    ///
    /// @param field the member of the request that contains it
    public void requireValid(String field, String password) {
        if (password.codePointCount(0, password.length()) < config.minLength()) {
            throw VALIDATION_ERROR.on(
                    field, "must have at least %d characters".formatted(config.minLength()));
        }
    }

    public Uni<String> hash(String password) {
        return onPool(() -> hashNow(password));
    }

    /// Whether this is the password.
    ///
    /// @param hash null if there is no such member; then the result is false after the same time
    public Uni<Boolean> verify(@Nullable String hash, String password) {
        return onPool(() -> {
            String compared = hash == null ? dummyHash() : hash;
            return argon2.verify(compared, password.toCharArray()) && hash != null;
        });
    }

    private String dummyHash() {
        String known = dummyHash;
        if (known == null) {
            known = hashNow("nobody's");
            dummyHash = known;
        }
        return known;
    }

    private String hashNow(String password) {
        return argon2.hash(config.iterations(), config.memoryKib(), 1, password.toCharArray());
    }

    private <T> Uni<T> onPool(Supplier<T> work) {
        ClientNetwork asking = ClientNetwork.of(client.address());
        return Uni.createFrom()
                .deferred(() -> {
                    if (!shares.tryAcquire(asking)) {
                        throw SERVICE_UNAVAILABLE.retryAfter(
                                RETRY_AFTER,
                                "Too many of your requests are waiting for a password check. Try"
                                        + " again in a moment.");
                    }
                    return run(work).onTermination().invoke(() -> shares.release(asking));
                });
    }

    /// Runs on the pool and returns to the caller's context, where its transaction can continue.
    private <T> Uni<T> run(Supplier<T> work) {
        Context caller = Vertx.currentContext();
        Uni<T> done =
                Uni.createFrom()
                        .item(work)
                        .runSubscriptionOn(pool)
                        .onFailure(RejectedExecutionException.class)
                        .transform(_ ->
                                SERVICE_UNAVAILABLE.retryAfter(
                                        RETRY_AFTER,
                                        "Too many sign-ins at once. Try again in a moment."));
        return caller == null ? done : done.emitOn(MutinyHelper.executor(caller));
    }

    @PreDestroy
    void close() {
        pool.shutdown();
    }
}
