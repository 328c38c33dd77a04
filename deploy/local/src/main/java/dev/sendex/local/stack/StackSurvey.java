package dev.sendex.local.stack;

import dev.sendex.local.backing.LocalPostgres;
import dev.sendex.local.gateway.Service;
import dev.sendex.local.stack.StackDescription.DemoAddress;
import dev.sendex.local.stack.StackDescription.InstanceAddress;
import dev.sendex.local.stack.StackDescription.IntrospectionAddress;
import dev.sendex.local.stack.StackDescription.KafkaAddress;
import dev.sendex.local.stack.StackDescription.PostgresAddress;
import dev.sendex.local.stack.StackDescription.ServiceAddress;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Collects the description of a running stack.
record StackSurvey(
        URI gateway,
        List<Instance> instances,
        Services services,
        Backing backing,
        Secrets secrets) {

    StackDescription describe(Demo demo) throws IOException {
        return new StackDescription(
                gateway,
                gateway.resolve("/"),
                serviceAddresses(),
                postgres(),
                new KafkaAddress(
                        backing.kafka().bootstrapServers(), backing.kafka().process().pid()),
                backing.sandbox().ses().url(),
                backing.sandbox().ses().process().pid(),
                new IntrospectionAddress(
                        instances.getFirst().url().resolve("/oauth2/introspect"),
                        ServiceSettings.TOOLS_CLIENT,
                        secrets.clientSecret(ServiceSettings.TOOLS_CLIENT)),
                DemoAddress.of(demo));
    }

    private Map<String, ServiceAddress> serviceAddresses() {
        Map<String, ServiceAddress> addresses = new LinkedHashMap<>();
        for (Service service : Service.values()) {
            addresses.put(
                    service.module(),
                    ServiceAddress.of(
                            instances.stream()
                                    .filter(instance -> instance.service() == service)
                                    .map(this::address)
                                    .toList()));
        }
        return addresses;
    }

    private InstanceAddress address(Instance instance) {
        return new InstanceAddress(instance.url(), instance.management(), services.pid(instance));
    }

    private PostgresAddress postgres() {
        LocalPostgres postgres = backing.postgres();
        Map<String, String> databases =
                Arrays.stream(Service.values())
                        .collect(
                                Collectors.toMap(
                                        Service::module,
                                        service ->
                                                postgres.jdbcUrl(
                                                        ServiceSettings.database(service))));
        return new PostgresAddress(
                postgres.reactiveUrl("postgres"),
                LocalPostgres.USER,
                LocalPostgres.PASSWORD,
                databases,
                postgres.pid());
    }
}
