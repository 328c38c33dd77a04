package dev.sendex.local.stack;

import dev.sendex.local.process.Checkout;
import dev.sendex.local.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The instances of the three services, as child processes.
final class Services implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    /// For a start that is quick and small.
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED");

    private final StackDirectory directory;
    private final boolean nativeServices;
    private final Map<Instance, ChildProcess> children = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    Services(StackDirectory directory, boolean nativeServices) {
        this.directory = directory;
        this.nativeServices = nativeServices;
    }

    /// Starts all instances side by side and returns once all are ready.
    void start(List<Instance> instances, ServiceSettings settings, Progress progress)
            throws IOException {
        try (InParallel work = new InParallel()) {
            for (Instance instance : instances) {
                work.execute(() -> start(instance, settings, progress));
            }
            work.await();
        }
    }

    private void start(Instance instance, ServiceSettings settings, Progress progress)
            throws IOException {
        ChildProcess child =
                ChildProcess.start(
                        instance.name(),
                        command(instance, settings.write(instance)),
                        Map.of(),
                        directory.log(instance.name()));
        children.put(instance, child);
        child.awaitUntil(() -> isReady(instance.management()), START_LIMIT);
        progress.done(instance.name() + " at " + instance.url());
    }

    long pid(Instance instance) {
        ChildProcess child = children.get(instance);
        if (child == null) {
            throw new IllegalArgumentException(instance.name() + " was not started");
        }
        return child.pid();
    }

    Collection<ChildProcess> processes() {
        return List.copyOf(children.values());
    }

    /// Asks all to end before it waits for any.
    @Override
    public void close() {
        children.values().forEach(ChildProcess::askToEnd);
        children.values().forEach(ChildProcess::close);
        client.close();
    }

    private List<String> command(Instance instance, Path settings) throws IOException {
        Path target = Checkout.root().resolve(instance.service().module()).resolve("target");
        List<String> command = new ArrayList<>();
        if (nativeServices) {
            command.add(executable(instance, target).toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM_FLAGS);
            command.addAll(appendedFlags());
        }
        command.add("-Dquarkus.config.locations=" + settings);
        if (!nativeServices) {
            command.addAll(List.of("-jar", program(instance, target).toString()));
        }
        return command;
    }

    /// The variable that Quarkus' own images read, too.
    private static List<String> appendedFlags() {
        String flags = System.getenv("JAVA_OPTS_APPEND");
        return flags == null || flags.isBlank() ? List.of() : List.of(flags.strip().split(" +"));
    }

    private static Path program(Instance instance, Path target) throws StackFailure {
        Path program = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.exists(program)) {
            throw new StackFailure(
                    "%s is not built. Build it with ./sendex up, without --no-build."
                            .formatted(instance.service().module()));
        }
        return program;
    }

    private static Path executable(Instance instance, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(target, "*-runner")) {
                for (Path executable : found) {
                    return executable;
                }
            }
        }
        throw new StackFailure(
                "The native executable of %s is missing. Build it with ./sendex native."
                        .formatted(instance.service().module()));
    }

    private boolean isReady(URI management) {
        HttpRequest request =
                HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                        .timeout(ANSWER_LIMIT)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
