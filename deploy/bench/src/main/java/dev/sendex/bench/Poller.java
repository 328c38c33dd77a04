package dev.sendex.bench;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Uses a key at one instance repeatedly until the instance keeps rejecting it: for some time it
/// must not be accepted again.
final class Poller {

    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration AFTERMATH = Duration.ofMillis(250);
    private static final int ACCEPTED = 200;
    private static final int REFUSED = 401;

    private final LoadClient client;
    private final Call call;
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private final CompletableFuture<Long> refused = new CompletableFuture<>();
    private long firstRefusal;
    private boolean isRefused;

    private Poller(LoadClient client, Call call) {
        this.client = client;
        this.call = call;
    }

    static Poller start(LoadClient client, URI instance, Tenant.Key key) {
        Poller poller = new Poller(client, Call.get(instance.resolve("/v1/domains"), key.token()));
        client.run(poller::poll);
        return poller;
    }

    /// Completes when the instance has accepted the key.
    CompletableFuture<Void> accepted() {
        return accepted;
    }

    /// The time ([System#nanoTime]) of the first rejection after which the key was not accepted
    /// again.
    CompletableFuture<Long> refused() {
        return refused;
    }

    private void poll() {
        client.send(call).onSuccess(this::answered).onFailure(this::fail);
    }

    private void answered(Answer answer) {
        switch (answer.status()) {
            case ACCEPTED -> {
                accepted.complete(null);
                isRefused = false;
            }
            case REFUSED -> noteRefusal(answer);
            default -> {
                // neither: the instance could not check the key
            }
        }
        if (isRefused && System.nanoTime() - firstRefusal > AFTERMATH.toNanos()) {
            refused.complete(firstRefusal);
        } else {
            client.runAfter(PAUSE, this::poll);
        }
    }

    private void noteRefusal(Answer answer) {
        if (!isRefused) {
            isRefused = true;
            firstRefusal = answer.received();
        }
    }

    private void fail(Throwable failure) {
        accepted.completeExceptionally(failure);
        refused.completeExceptionally(failure);
    }
}
