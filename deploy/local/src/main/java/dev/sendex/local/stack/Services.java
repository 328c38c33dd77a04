package dev.sendex.local.stack;

import dev.sendex.local.process.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The instances of the three services, as child processes.
final class Services implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final StackDirectory directory;
    private final boolean nativeServices;
    private final Map<Instance, ChildProcess> children = new ConcurrentHashMap<>();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    Services(StackDirectory directory, boolean nativeServices) {
        this.directory = directory;
        this.nativeServices = nativeServices;
    }

    /// Starts all instances in parallel and returns once all are ready.
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
                        new Program(instance.service().module(), nativeServices)
                                .command(settings.write(instance)),
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

    /// Terminates all instances before it waits for any.
    @Override
    public void close() {
        children.values().forEach(ChildProcess::terminate);
        children.values().forEach(ChildProcess::close);
        client.close();
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
