package dev.sendex.common.usage;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Counts of one key. Thread-safe without locks.
final class KeyCounts {

    private static final int MAX_NETWORKS = 16;

    private final UUID keyId;
    private final UUID accountId;
    private final ConcurrentMap<String, EndpointCounts> endpoints = new ConcurrentHashMap<>(4);
    private final Set<Network> networks = ConcurrentHashMap.newKeySet(1);
    private volatile long lastUsedAt;
    private volatile @Nullable InetAddress lastAddress;

    KeyCounts(UUID keyId, UUID accountId) {
        this.keyId = keyId;
        this.accountId = accountId;
    }

    /// The counters of an endpoint, or null.
    @Nullable EndpointCounts find(String endpoint) {
        return endpoints.get(endpoint);
    }

    /// The counters of an endpoint, created if needed.
    ///
    /// @param added runs if they were created
    EndpointCounts require(String endpoint, Runnable added) {
        return endpoints.computeIfAbsent(
                endpoint,
                _ -> {
                    added.run();
                    return new EndpointCounts();
                });
    }

    /// @param now in milliseconds
    void use(long now, @Nullable InetAddress address) {
        lastUsedAt = now;
        if (address == null || address.equals(lastAddress)) {
            return;
        }
        lastAddress = address;
        if (networks.size() < MAX_NETWORKS) {
            networks.add(Network.of(address));
        }
    }

    /// Removes and returns the counts; null if there are none.
    @Nullable UsageRecord drain(UUID id, Instant now) {
        List<UsageRecord.Count> counts = new ArrayList<>();
        endpoints.forEach((endpoint, counters) -> counters.drain(endpoint, counts));
        if (counts.isEmpty()) {
            return null;
        }
        InetAddress address = lastAddress;
        return new UsageRecord(
                id,
                keyId,
                accountId,
                now,
                counts,
                Instant.ofEpochMilli(lastUsedAt),
                address == null ? null : withoutZone(address.getHostAddress()),
                networks.stream().limit(MAX_NETWORKS).map(Network::cidr).toList());
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
