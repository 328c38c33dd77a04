package dev.sendex.local.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The content of `stack.json`, which describes a running stack for scripts.
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record StackDescription(
        URI gateway,
        URI dashboard,
        Map<String, ServiceAddress> services,
        PostgresAddress postgres,
        KafkaAddress kafka,
        URI sesSandbox,
        long sesSandboxPid,
        IntrospectionAddress introspection,
        DemoAddress demo) {

    private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

    /// Reads the description of a running stack; null if there is none.
    static @Nullable StackDescription find(Path file) throws IOException {
        return Files.exists(file)
                ? JSON.readValue(Files.readString(file), StackDescription.class)
                : null;
    }

    void write(Path file) throws IOException {
        StackDirectory.writePrivately(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    @Override
    public String toString() {
        return "StackDescription[" + gateway + "]";
    }

    /// A service: the addresses of its first instance, all process ids, and all instances.
    record ServiceAddress(
            URI url, URI management, List<Long> pids, List<InstanceAddress> instances) {

        static ServiceAddress of(List<InstanceAddress> instances) {
            InstanceAddress first = instances.getFirst();
            return new ServiceAddress(
                    first.url(),
                    first.management(),
                    instances.stream().map(InstanceAddress::pid).toList(),
                    instances);
        }
    }

    record InstanceAddress(URI url, URI management, long pid) {}

    record PostgresAddress(
            String url, String user, String password, Map<String, String> databases, long pid) {}

    record KafkaAddress(String bootstrap, long pid) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record IntrospectionAddress(URI url, String clientId, String clientSecret) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record DemoAddress(
            String email, String password, String domain, String apiKey, String scopedKey) {

        static DemoAddress of(Demo demo) {
            return new DemoAddress(
                    demo.email(), demo.password(), demo.domain(), demo.apiKey(), demo.scopedKey());
        }
    }
}
