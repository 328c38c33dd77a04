package dev.sendex.bench;

import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Load by other accounts, who use their keys at all instances.
final class BackgroundLoad implements AutoCloseable {

    private static final int PER_SECOND = 400;
    private static final int CONNECTIONS = 32;

    private final LoadClient client = new LoadClient(CONNECTIONS);
    private final OpenLoad load;

    private BackgroundLoad(List<Call> calls) {
        load = OpenLoad.start(client, CONNECTIONS, PER_SECOND, () -> any(calls));
    }

    static BackgroundLoad start(List<URI> instances, List<Tenant.Key> keys) {
        return new BackgroundLoad(
                instances.stream()
                        .flatMap(instance -> keys.stream().map(key -> use(instance, key)))
                        .toList());
    }

    /// The cheapest request that needs a key.
    static Call use(URI instance, Tenant.Key key) {
        return Call.get(instance.resolve("/v1/domains"), key.token());
    }

    private static Call any(List<Call> calls) {
        return calls.get(ThreadLocalRandom.current().nextInt(calls.size()));
    }

    @Override
    public void close() {
        load.end();
        client.close();
    }
}
