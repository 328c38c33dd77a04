package dev.sendex.send.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// This instance's portion of the sending rate, drawn from the bucket that all instances share. One
/// token is enough to send an email; one with more recipients makes the balance negative, and the
/// next portion makes up for it.
///
/// Unused tokens expire, since an instance that saved them would later exceed the rate.
@ApplicationScoped
class SendTokens {

    private static final Duration LIFETIME = Duration.ofSeconds(1);

    private final DispatchQueue queue;
    private final int portion;

    private long balance;
    private long drawnAt;
    private @Nullable Uni<Void> drawing;

    SendTokens(DispatchQueue queue, DispatchConfig config) {
        this.queue = queue;
        this.portion = 2 * config.concurrency();
    }

    /// Makes sure that there are tokens for so many recipients, as far as the rate allows. Callers
    /// that come while tokens are being drawn share these.
    Uni<Void> draw(int recipients) {
        return Uni.createFrom().deferred(() -> drawing(recipients));
    }

    private synchronized Uni<Void> drawing(int recipients) {
        if (isExpired()) {
            drop();
        }
        long missing = recipients - balance;
        if (missing <= 0) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> running = drawing;
        if (running != null) {
            return running;
        }
        Uni<Void> started =
                queue.drawTokens(Math.max(missing, portion))
                        .invoke(this::add)
                        .replaceWithVoid()
                        .onTermination()
                        .invoke(this::drawn)
                        .memoize()
                        .indefinitely();
        drawing = started;
        return started;
    }

    private synchronized void drawn() {
        drawing = null;
    }

    /// Takes the tokens for an email with so many recipients.
    ///
    /// @return false if there are none
    synchronized boolean take(int recipients) {
        if (isExpired() || balance < 1) {
            return false;
        }
        balance -= recipients;
        return true;
    }

    /// Returns the tokens of an email that was not sent after all.
    synchronized void giveBack(int recipients) {
        if (!isExpired() || balance < 0) {
            balance += recipients;
        }
    }

    /// Drops the tokens in hand because SES wants fewer emails.
    synchronized void drop() {
        balance = Math.min(balance, 0);
    }

    private synchronized void add(long tokens) {
        balance += tokens;
        drawnAt = System.nanoTime();
    }

    private boolean isExpired() {
        return System.nanoTime() - drawnAt > LIFETIME.toNanos();
    }
}
