package dev.sendex.send.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

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

    SendTokens(DispatchQueue queue, DispatchConfig config) {
        this.queue = queue;
        this.portion = 2 * config.concurrency();
    }

    /// Makes sure that there are tokens for so many recipients, as far as the rate allows.
    Uni<Void> draw(int recipients) {
        long missing = missing(recipients);
        return missing <= 0
                ? Uni.createFrom().voidItem()
                : queue.drawTokens(Math.max(missing, portion)).invoke(this::add).replaceWithVoid();
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

    /// Drops the tokens in hand because SES wants fewer emails.
    synchronized void drop() {
        balance = Math.min(balance, 0);
    }

    private synchronized long missing(int recipients) {
        if (isExpired()) {
            drop();
        }
        return recipients - balance;
    }

    private synchronized void add(long tokens) {
        balance += tokens;
        drawnAt = System.nanoTime();
    }

    private boolean isExpired() {
        return System.nanoTime() - drawnAt > LIFETIME.toNanos();
    }
}
