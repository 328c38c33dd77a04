package dev.sendex.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The rounds of one piece of work in every scope.
final class Comparison {

    private final Work work;
    private final int inFlight;
    private final Map<Scope, List<Round>> rounds = new EnumMap<>(Scope.class);

    Comparison(Work work, int inFlight) {
        this.work = work;
        this.inFlight = inFlight;
    }

    void add(Scope scope, Round round) {
        rounds.computeIfAbsent(scope, _ -> new ArrayList<>()).add(round);
    }

    /// A row of the table: the baseline, and the other scopes relative to it.
    String line() {
        StringBuilder line = new StringBuilder("| %s | %d |".formatted(work.title(), inFlight));
        for (Scope scope : Scope.values()) {
            line.append(scope == Scope.NONE ? plain() : share(scope));
        }
        return line.toString();
    }

    private String plain() {
        Samples rates = Samples.of(of(Scope.NONE).stream().map(Round::rate).toList());
        return String.format(
                Locale.ROOT, " %.0f/s, %.0f µs |", rates.percentile(0.5), microseconds(Scope.NONE));
    }

    private String share(Scope scope) {
        Samples ratios = ratios(scope);
        return String.format(
                Locale.ROOT,
                " %.2f (%.2f–%.2f), × %.2f |",
                ratios.percentile(0.5),
                ratios.percentile(0.25),
                ratios.percentile(0.75),
                microseconds(scope) / microseconds(Scope.NONE));
    }

    /// Compares round by round, so that slow phases of the machine affect both.
    private Samples ratios(Scope scope) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of(scope).size(); round++) {
            ratios.add(of(scope).get(round).rate() / of(Scope.NONE).get(round).rate());
        }
        return Samples.of(ratios);
    }

    /// The processor time of one piece of work over all rounds, since a single round is too short
    /// for the resolution of the operating system.
    private double microseconds(Scope scope) {
        long done = of(scope).stream().mapToLong(Round::done).sum();
        long nanos = of(scope).stream().mapToLong(r -> r.processor().toNanos()).sum();
        return nanos / 1e3 / done;
    }

    private List<Round> of(Scope scope) {
        return Objects.requireNonNull(rounds.get(scope));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("work", work.title());
        json.put("in_flight", inFlight);
        for (Scope scope : Scope.values()) {
            json.put(
                    scope.title(),
                    Map.of(
                            "per_second",
                            of(scope).stream().map(Round::rate).toList(),
                            "processor_us",
                            microseconds(scope)));
        }
        return json;
    }
}
