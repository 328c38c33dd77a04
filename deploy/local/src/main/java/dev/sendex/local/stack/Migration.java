package dev.sendex.local.stack;

import dev.sendex.local.backing.LocalPostgres;
import dev.sendex.local.gateway.Service;
import dev.sendex.local.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The program that migrates the databases of all services.
final class Migration implements AutoCloseable {

    private static final String NAME = "migrate";
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final ChildProcess program;

    private Migration(ChildProcess program) {
        this.program = program;
    }

    static Migration start(StackDirectory directory, LocalPostgres postgres, boolean isNative)
            throws IOException {
        Path settings = directory.config(NAME);
        StackDirectory.writePrivately(settings, ServiceSettings.text(settings(postgres)));
        return new Migration(
                ChildProcess.start(
                        NAME,
                        new Program("deploy/migrate", isNative).command(settings),
                        Map.of(),
                        directory.log(NAME)));
    }

    private static Map<String, Object> settings(LocalPostgres postgres) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("config_ordinal", ServiceSettings.ORDINAL);
        for (Service service : Service.values()) {
            settings.put(
                    "sendex.migrate.%s.url".formatted(schema(service)),
                    postgres.jdbcUrl(ServiceSettings.database(service)));
        }
        settings.put("sendex.migrate.username", LocalPostgres.USER);
        settings.put("sendex.migrate.password", LocalPostgres.PASSWORD);
        return settings;
    }

    private static String schema(Service service) {
        return switch (service) {
            case KEY_SERVICE -> "key";
            case SEND_SERVICE -> "send";
            case WEBHOOK_SERVICE -> "webhook";
        };
    }

    /// Returns once all schemas are up to date.
    void await() throws IOException {
        program.awaitSuccess(TIMEOUT);
    }

    @Override
    public void close() {
        program.close();
    }
}
