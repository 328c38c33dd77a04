package dev.sendex.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Measures the cost of row-level security: runs the statements of send-service with and without
/// policies, in alternating rounds, since the speed of a machine varies.
final class IsolationBench {

    private static final int ROUNDS = 15;
    private static final Duration ROUND = Duration.ofMillis(300);
    private static final List<Integer> IN_FLIGHT = List.of(1, 16);

    private IsolationBench() {}

    /// Arguments: the folder of send-service's migrations, one for the database, and one for the
    /// report.
    static void main(String[] arguments) throws IOException {
        try (IsolationDatabase database =
                IsolationDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            Map<Scope, List<ServedAccount>> tenants = new EnumMap<>(Scope.class);
            for (Scope scope : Scope.values()) {
                tenants.put(scope, database.tenants(scope, IN_FLIGHT.getLast()));
            }
            List<Comparison> comparisons = new ArrayList<>();
            for (Work work : Work.values()) {
                for (int inFlight : IN_FLIGHT) {
                    comparisons.add(compare(work, inFlight, tenants, database));
                }
            }
            publish(comparisons, Path.of(arguments[2]));
        }
    }

    /// The first round is the warm-up. Each round starts with a different scope.
    private static Comparison compare(
            Work work,
            int inFlight,
            Map<Scope, List<ServedAccount>> tenants,
            IsolationDatabase database) {
        Comparison comparison = new Comparison(work, inFlight);
        List<Scope> order = new ArrayList<>(List.of(Scope.values()));
        for (int round = 0; round <= ROUNDS; round++) {
            for (Scope scope : order) {
                List<ServedAccount> served = Objects.requireNonNull(tenants.get(scope));
                Duration processor = database.processorTime();
                long start = System.nanoTime();
                long done = doAll(work, scope, served.subList(0, inFlight));
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                if (round > 0) {
                    Duration taken = database.processorTime().minus(processor);
                    comparison.add(scope, new Round(done, elapsed, taken));
                }
            }
            Collections.rotate(order, 1);
        }
        return comparison;
    }

    private static long doAll(Work work, Scope scope, List<ServedAccount> tenants) {
        long end = System.nanoTime() + ROUND.toNanos();
        List<Promise<Long>> counts = new ArrayList<>();
        for (ServedAccount tenant : tenants) {
            Promise<Long> count = Promise.promise();
            counts.add(count);
            repeat(work, scope, tenant, end, 0, count);
        }
        long done = 0;
        for (Promise<Long> count : counts) {
            done += IsolationDatabase.await(count.future());
        }
        return done;
    }

    private static void repeat(
            Work work,
            Scope scope,
            ServedAccount tenant,
            long end,
            long done,
            Promise<Long> count) {
        if (System.nanoTime() >= end) {
            count.complete(done);
            return;
        }
        work.run(scope, tenant)
                .onSuccess(_ -> repeat(work, scope, tenant, end, done + 1, count))
                .onFailure(count::tryFail);
    }

    private static void publish(List<Comparison> comparisons, Path folder) throws IOException {
        StringBuilder text =
                new StringBuilder("# What row-level security costs\n\n| work | in flight |");
        for (Scope scope : Scope.values()) {
            text.append(' ').append(scope.title()).append(" |");
        }
        text.append("\n| --- | --- |").append(" --- |".repeat(Scope.values().length)).append('\n');
        comparisons.forEach(comparison -> text.append(comparison.line()).append('\n'));
        text.append(
                "\nDone per second: median of %d rounds, the others as shares of it, with quartiles."
                                .formatted(ROUNDS)
                        + " Processor time of server and client for each: the others as multiples.\n");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("isolation.md"), text);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        folder.resolve("isolation.json").toFile(),
                        comparisons.stream().map(Comparison::json).toList());
        IO.println(text);
    }
}
