package dev.sendex.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Measures the cost of introspection, and how soon a revoked key is rejected.
final class IntrospectionBench implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int ACCOUNTS = 20;
    private static final int KEYS_OF_EACH = 500;
    private static final int TOKENS = ACCOUNTS * KEYS_OF_EACH;
    private static final int CALLERS = 16;
    private static final int BUSY_KEYS = 100;

    private final StackClient stack;
    private final Report report;
    private final LoadClient client = new LoadClient(CALLERS);
    private final List<Tenant.Key> keys = new ArrayList<>();

    private IntrospectionBench(StackClient stack, Report report) {
        this.stack = stack;
        this.report = report;
    }

    /// Arguments: the path of `stack.json`, the folder for the report, JMH's results and the home
    /// of Keycloak.
    static void main(String[] arguments) throws IOException, InterruptedException {
        TimeLimit.start(LIMIT);
        Path folder = Path.of(arguments[1]);
        Report report = new Report("Introspection and revocation");
        try (StackClient stack = new StackClient(Path.of(arguments[0]));
                IntrospectionBench bench = new IntrospectionBench(stack, report)) {
            CachedCheck.add(report, Path.of(arguments[2]));
            bench.run(Path.of(arguments[3]), folder);
        } finally {
            report.publish(folder, "introspection");
        }
    }

    private void run(Path keycloakHome, Path folder) throws IOException, InterruptedException {
        report.note(
                "Services: %s; PostgreSQL with fsync, Kafka, the load and all services on %d cores."
                        .formatted(
                                stack.isNative() ? "native executables" : "JVM",
                                Runtime.getRuntime().availableProcessors()));
        step("making %d keys".formatted(TOKENS));
        keys.addAll(Tenant.keysOfMany(client, stack.url("key-service"), ACCOUNTS, KEYS_OF_EACH));
        compareWithKeycloak(keycloakHome, folder);
        Tenant tenant = Tenant.signUp(client, stack.url("key-service"));
        step("telling reasons apart by time");
        measureTiming(tenant);
        step("guessing");
        measureGuessing();
        step("revoking");
        measureRevocation(tenant);
    }

    private void compareWithKeycloak(Path home, Path folder)
            throws IOException, InterruptedException {
        step("starting Keycloak");
        try (Keycloak keycloak = Keycloak.start(home, stack, folder.resolve("keycloak.log"))) {
            step("making tokens of Keycloak");
            List<Contender> others =
                    List.of(
                            keycloak.contender(
                                    "Keycloak, tokens with a session",
                                    tokens(keycloak, Keycloak.WITH_SESSION)),
                            keycloak.contender(
                                    "Keycloak, tokens without a session",
                                    tokens(keycloak, Keycloak.WITHOUT_SESSION)));
            step("comparing");
            UncachedMeasure.run(report, ours(), others);
        }
    }

    private List<String> tokens(Keycloak keycloak, String of)
            throws IOException, InterruptedException {
        return InParallel.times(TOKENS, CALLERS, () -> keycloak.token(client, of));
    }

    private Contender ours() {
        return Contender.of(
                "key-service, keys",
                keys.stream().map(key -> stack.introspection(key.token())).toList());
    }

    private void measureTiming(Tenant tenant) throws IOException, InterruptedException {
        TimingMeasure timing = new TimingMeasure(stack::introspection, keys);
        timing.prepare(tenant);
        timing.run(report);
    }

    private void measureGuessing() throws IOException, InterruptedException {
        Metrics metrics = new Metrics(client, stack.management("send-service").getFirst());
        new GuessingMeasure(
                        stack.instances("send-service").getFirst(),
                        metrics,
                        keys.subList(BUSY_KEYS, keys.size()))
                .run(report);
    }

    private void measureRevocation(Tenant tenant) throws IOException, InterruptedException {
        RevocationMeasure revocation =
                new RevocationMeasure(client, tenant, stack.instances("send-service"));
        List<Tenant.Key> busy = keys.subList(0, BUSY_KEYS);
        revocation.run(report, busy);
        step("revoking without Kafka");
        revocation.runWithoutBroker(report, busy, stack.broker());
    }

    @Override
    public void close() {
        client.close();
    }

    private static void step(String name) {
        System.err.println("… " + name);
    }
}
