package dev.sendex.send;

import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.IntrospectionResource;
import dev.sendex.fixture.KafkaResource;
import dev.sendex.fixture.PostgresResource;
import dev.sendex.fixture.SesSandboxResource;
import dev.sendex.sandbox.SesSandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Starts instances of the packaged service as processes that share the servers they need, for
/// tests in which an instance is killed or stopped, or several work on the same queue.
public final class Instances implements AutoCloseable {

    private final Map<String, String> settings = new HashMap<>();
    private final List<QuarkusTestResourceLifecycleManager> resources;
    private final List<Object> servers = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();

    /// @param settings of all instances
    public Instances(Map<String, String> settings) {
        PostgresResource postgres = new PostgresResource();
        postgres.init(Map.of("database", "sendex_send", "schema", "send"));
        resources =
                List.of(
                        postgres,
                        new KafkaResource(),
                        new SesSandboxResource(),
                        new IntrospectionResource(),
                        new TestSettings());
        for (QuarkusTestResourceLifecycleManager resource : resources) {
            this.settings.putAll(resource.start());
            resource.inject((server, _) -> servers.add(server));
        }
        this.settings.put("sendex.introspection.call-timeout", "10s");
        this.settings.putAll(settings);
        System.setProperty("kafka.bootstrap.servers", this.settings.get("kafka.bootstrap.servers"));
    }

    /// Starts an instance, which may not be ready yet.
    public Instance start(Map<String, String> ownSettings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(ownSettings);
        Instance instance = Instance.start(all);
        instances.add(instance);
        return instance;
    }

    public SesSandbox ses() {
        return server(SesSandbox.class);
    }

    public IntrospectionAuthority authority() {
        return server(IntrospectionAuthority.class);
    }

    public String setting(String name) {
        return settings.get(name);
    }

    private <T> T server(Class<T> type) {
        return servers.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    /// Kills the instances that are still running.
    public void killAll() {
        instances.forEach(Instance::close);
        instances.clear();
    }

    @Override
    public void close() {
        killAll();
        resources.reversed().forEach(QuarkusTestResourceLifecycleManager::stop);
    }
}
