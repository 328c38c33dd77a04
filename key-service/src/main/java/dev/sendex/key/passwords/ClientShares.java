package dev.sendex.key.passwords;

import dev.sendex.common.network.ClientNetwork;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Limits how much of the running work may belong to one client.
final class ClientShares {

    private final int share;

    /// Contains a client only while work of theirs is running.
    private final Map<ClientNetwork, Integer> running = new ConcurrentHashMap<>();

    ClientShares(int share) {
        this.share = share;
    }

    /// Acquires a slot for the client, if their share is not used up. If true, call [#release]
    /// afterwards.
    boolean tryAcquire(ClientNetwork client) {
        if (running.merge(client, 1, Integer::sum) <= share) {
            return true;
        }
        release(client);
        return false;
    }

    void release(ClientNetwork client) {
        running.computeIfPresent(client, (_, parts) -> parts == 1 ? null : parts - 1);
    }
}
