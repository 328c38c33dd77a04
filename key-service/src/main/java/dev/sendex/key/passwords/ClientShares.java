package dev.sendex.key.passwords;

import dev.sendex.common.network.ClientNetwork;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who has how much of the work that is under way: nobody more than a share.
final class ClientShares {

    private final int share;

    /// Holds a client only while something of theirs is under way.
    private final Map<ClientNetwork, Integer> underWay = new ConcurrentHashMap<>();

    ClientShares(int share) {
        this.share = share;
    }

    /// Whether the client gets another part; to be given back if so.
    boolean take(ClientNetwork client) {
        if (underWay.merge(client, 1, Integer::sum) <= share) {
            return true;
        }
        giveBack(client);
        return false;
    }

    void giveBack(ClientNetwork client) {
        underWay.computeIfPresent(client, (_, parts) -> parts == 1 ? null : parts - 1);
    }
}
