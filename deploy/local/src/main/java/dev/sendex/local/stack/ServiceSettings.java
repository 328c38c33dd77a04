package dev.sendex.local.stack;

import dev.sendex.local.backing.LocalPostgres;
import dev.sendex.local.gateway.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The configuration of each service in the local stack: like in production, except for addresses,
/// secrets and plain HTTP on loopback.
final class ServiceSettings {

    /// An introspection client for benchmarks, tests and users of the stack.
    static final String TOOLS_CLIENT = "local-tools";

    /// Overrides the built-in configuration, but not the environment.
    static final int ORDINAL = 290;

    private final StackDirectory directory;
    private final Secrets secrets;
    private final Backing backing;
    private final URI keyService;
    private final URI gateway;

    ServiceSettings(
            StackDirectory directory,
            Secrets secrets,
            Backing backing,
            URI keyService,
            URI gateway) {
        this.directory = directory;
        this.secrets = secrets;
        this.backing = backing;
        this.keyService = keyService;
        this.gateway = gateway;
    }

    static String database(Service service) {
        return switch (service) {
            case KEY_SERVICE -> "sendex_keys";
            case SEND_SERVICE -> "sendex_send";
            case WEBHOOK_SERVICE -> "sendex_webhooks";
        };
    }

    /// Writes the settings of an instance to its own private file, since some of them are secret.
    Path write(Instance instance) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("config_ordinal", ORDINAL);
        addCommon(instance, settings);
        switch (instance.service()) {
            case KEY_SERVICE -> addKeyService(settings);
            case SEND_SERVICE -> {
                addIntrospection(instance.service(), settings);
                backing.sandbox().addSesSettings(settings);
            }
            case WEBHOOK_SERVICE -> {
                addIntrospection(instance.service(), settings);
                backing.sandbox().addSnsSettings(directory.snsAuthority(), settings);
                settings.put("sendex.webhooks.secret-key", secrets.webhookSecretKey());
                settings.put("sendex.webhooks.insecure-loopback", true);
            }
        }
        Path file = directory.config(instance.name());
        StackDirectory.writePrivately(file, text(settings));
        return file;
    }

    private void addCommon(Instance instance, Map<String, Object> settings) {
        String database = database(instance.service());
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", instance.port());
        settings.put("sendex.network.trusted-proxies", "127.0.0.1");
        settings.put("quarkus.management.host", "127.0.0.1");
        settings.put("quarkus.management.port", instance.managementPort());
        settings.put("quarkus.datasource.reactive.url", backing.postgres().reactiveUrl(database));
        settings.put("quarkus.datasource.username", LocalPostgres.USER);
        settings.put("quarkus.datasource.password", LocalPostgres.PASSWORD);
        settings.put("kafka.bootstrap.servers", backing.kafka().bootstrapServers());
    }

    private void addKeyService(Map<String, Object> settings) throws IOException {
        settings.put("sendex.keys.peppers.1", secrets.pepper());
        settings.put("sendex.second-factor.keys.1", secrets.secondFactorKey());
        settings.put("sendex.sessions.signing-key-file", secrets.sessionSigningKey());
        settings.put("sendex.sessions.cookie-secure", false);
        settings.put("sendex.dashboard.url", gateway);
        settings.put("sendex.domains.url", gateway);
        addResourceServer(Service.SEND_SERVICE.module(), settings);
        addResourceServer(Service.WEBHOOK_SERVICE.module(), settings);
        addResourceServer(TOOLS_CLIENT, settings);
    }

    private void addResourceServer(String client, Map<String, Object> settings) throws IOException {
        settings.put(
                "sendex.introspection.resource-servers.%s.secret".formatted(client),
                secrets.clientSecret(client));
    }

    private void addIntrospection(Service service, Map<String, Object> settings)
            throws IOException {
        settings.put("sendex.introspection.url", keyService);
        settings.put("sendex.introspection.client-id", service.module());
        settings.put("sendex.introspection.client-secret", secrets.clientSecret(service));
        settings.put("sendex.sessions.jwks-url", keyService.resolve("/.well-known/jwks.json"));
    }

    static String text(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + escape(entry.getValue().toString()) + "\n")
                .collect(Collectors.joining());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\");
    }
}
