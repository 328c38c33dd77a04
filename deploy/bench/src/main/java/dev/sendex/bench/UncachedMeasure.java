package dev.sendex.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Measures the introspections per second without caches, with the same load for all contenders,
/// one after the other in each round and in reverse order every other round.
final class UncachedMeasure {

    private static final int CALLERS = 32;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(8);
    private static final double WANTED_RATIO = 4;
    private static final String OK = "HTTP/1.1 200 ";

    private final Map<Contender, List<ClosedLoop.Load>> loads = new LinkedHashMap<>();

    private UncachedMeasure() {}

    /// @param ours the contender that the others are compared with
    static void run(Report report, Contender ours, List<Contender> others) throws IOException {
        UncachedMeasure measure = new UncachedMeasure();
        measure.loads.put(ours, new ArrayList<>());
        others.forEach(other -> measure.loads.put(other, new ArrayList<>()));
        measure.run();
        measure.loads.forEach((contender, rounds) -> add(report, contender, rounds));
        others.forEach(other -> measure.addRatio(report, ours, other));
    }

    private void run() throws IOException {
        for (Contender contender : loads.keySet()) {
            load(contender, WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            List<Contender> order = new ArrayList<>(loads.keySet());
            for (Contender contender : round % 2 == 0 ? order : order.reversed()) {
                rounds(contender).add(load(contender, ROUND));
            }
        }
    }

    private List<ClosedLoop.Load> rounds(Contender contender) {
        return Objects.requireNonNull(loads.get(contender));
    }

    private static ClosedLoop.Load load(Contender contender, Duration duration) throws IOException {
        return ClosedLoop.run(
                contender.server(), CALLERS, duration, contender::any, UncachedMeasure::isActive);
    }

    private static boolean isActive(String answer) {
        return answer.startsWith(OK) && answer.contains("\"active\":true");
    }

    private static void add(Report report, Contender contender, List<ClosedLoop.Load> rounds) {
        Samples rates = samples(rounds, ClosedLoop.Load::perSecond);
        String name = contender.name();
        report.add(name + ", median of %d rounds".formatted(ROUNDS), rates.median(), "/s");
        report.add(name + ", slowest round", rates.least(), "/s");
        report.add(name + ", fastest round", rates.greatest(), "/s");
        report.add(name + ", p50", samples(rounds, load -> load.times().median()).median(), "ms");
        report.add(
                name + ", p99",
                samples(rounds, load -> load.times().percentile(0.99)).median(),
                "ms");
    }

    private void addRatio(Report report, Contender ours, Contender other) {
        List<Double> ratios =
                IntStream.range(0, ROUNDS)
                        .mapToObj(round ->
                                rounds(ours).get(round).perSecond()
                                        / rounds(other).get(round).perSecond())
                        .toList();
        report.add(
                "%s ÷ %s, median of the rounds".formatted(ours.name(), other.name()),
                Samples.of(ratios).median(),
                "",
                Limit.atLeast(WANTED_RATIO));
    }

    private static Samples samples(
            List<ClosedLoop.Load> rounds, ToDoubleFunction<ClosedLoop.Load> figure) {
        return Samples.of(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
