package dev.sendex.local.stack;

import dev.sendex.local.gateway.Gateway;
import dev.sendex.local.gateway.Service;
import dev.sendex.local.process.ChildFailure;
import dev.sendex.local.process.LogRotation;
import dev.sendex.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything that `./sendex up` runs. Closing it leaves only its data.
final class Stack implements AutoCloseable {

    private final UpOptions options;
    private final StackDirectory directory;
    private final Progress progress;
    private final Parts parts = new Parts();
    private final List<CompletableFuture<ChildFailure>> ends = new ArrayList<>();
    private volatile boolean ownsDirectory;

    Stack(UpOptions options, Progress progress) {
        this.options = options;
        this.directory = new StackDirectory(options.directory());
        this.progress = progress;
    }

    /// Returns once everything is ready, the demo account exists, and `stack.json` is written.
    Demo start() throws IOException {
        parts.start(directory::lock);
        ownsDirectory = true;
        Files.deleteIfExists(directory.lastEnd());
        parts.start(() -> LogRotation.start(directory.logs()));
        parts.<AutoCloseable>start(() -> this::removeDescription);
        if (!Ports.isFree(options.port())) {
            throw new StackFailure(
                    "Port %d is in use. Choose another with --port.".formatted(options.port()));
        }
        List<Instance> instances =
                Arrays.stream(Service.values()).flatMap(this::instances).toList();
        Gateway gateway = parts.start(() -> Gateway.start(options.port(), urls(instances)));
        Secrets secrets = Secrets.open(directory);
        Backing backing =
                Backing.start(
                        directory, secrets, ingest(), options.nativeServices(), parts, progress);
        Services services = startServices(instances, backing, secrets);
        progress.done("gateway at 127.0.0.1:" + gateway.port());
        Demo demo = openDemo(secrets, backing.sandbox());
        new StackSurvey(gateway(), instances, services, backing, secrets)
                .describe(demo)
                .write(directory.description());
        return demo;
    }

    URI gateway() {
        return URI.create("http://localhost:" + options.port());
    }

    /// Waits until one of the processes ends unexpectedly.
    ChildFailure awaitEndOfAProcess() {
        return (ChildFailure)
                CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)).join();
    }

    /// Stores the reason why the stack ends, for `./sendex status`.
    void recordEnd(String why) throws IOException {
        if (ownsDirectory) {
            StackDirectory.writePrivately(directory.lastEnd(), why + System.lineSeparator());
        }
    }

    @Override
    public void close() {
        parts.close();
    }

    /// Null if events go to Kafka instead.
    private @Nullable URI ingest() {
        return options.kafkaEvents()
                ? null
                : URI.create("http://127.0.0.1:%d/ingest/sns".formatted(options.port()));
    }

    private Stream<Instance> instances(Service service) {
        return IntStream.rangeClosed(1, options.replicas(service))
                .mapToObj(number -> Instance.of(service, number));
    }

    private static Map<Service, List<URI>> urls(List<Instance> instances) {
        return instances.stream()
                .collect(
                        Collectors.groupingBy(
                                Instance::service,
                                Collectors.mapping(Instance::url, Collectors.toList())));
    }

    private Services startServices(List<Instance> instances, Backing backing, Secrets secrets)
            throws IOException {
        Services services = parts.start(() -> new Services(directory, options.nativeServices()));
        services.start(
                instances,
                new ServiceSettings(
                        directory, secrets, backing, instances.getFirst().url(), gateway()),
                progress);
        services.processes().forEach(service -> ends.add(service.ended()));
        ends.add(backing.kafka().process().ended());
        ends.add(backing.sandbox().ses().process().ended());
        ends.add(backing.postgres().ended());
        return services;
    }

    private Demo openDemo(Secrets secrets, Sandbox sandbox) throws IOException {
        try (PublicApi api = new PublicApi(URI.create("http://127.0.0.1:" + options.port()))) {
            Demo demo = new DemoAccount(api, secrets, sandbox).open();
            progress.done("demo account");
            return demo;
        }
    }

    private void removeDescription() throws IOException {
        Files.deleteIfExists(directory.description());
    }
}
