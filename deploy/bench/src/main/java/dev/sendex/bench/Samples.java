package dev.sendex.bench;

import java.util.Arrays;
import java.util.Collection;

/// Measured values, usually times in milliseconds.
final class Samples {

    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /// The quantile for this share of the samples.
    double percentile(double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }

    double median() {
        return percentile(0.5);
    }

    double least() {
        return percentile(0);
    }

    double greatest() {
        return percentile(1);
    }

    int count() {
        return sorted.length;
    }

    /// The probability that a value here is greater than one of the others, with ties counting
    /// half: 0.5 if they cannot be distinguished, 0 or 1 if every pair can (the effect size of the
    /// Mann-Whitney test).
    double shareAbove(Samples others) {
        double above = 0;
        int smaller = 0;
        int notGreater = 0;
        for (double value : sorted) {
            while (smaller < others.sorted.length && others.sorted[smaller] < value) {
                smaller++;
            }
            while (notGreater < others.sorted.length && others.sorted[notGreater] <= value) {
                notGreater++;
            }
            above += (smaller + notGreater) / 2.0;
        }
        return above / ((double) sorted.length * others.sorted.length);
    }
}
