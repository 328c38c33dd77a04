package dev.sendex.bench;

import java.util.Locale;
import java.util.Map;

/// The target of a figure.
sealed interface Limit {

    /// No target: the figure is only reported.
    Limit NONE = new None();

    boolean isMetBy(double value);

    /// The target in the report.
    String text(String unit);

    Map<String, Object> json();

    static Limit below(double bound) {
        return new Below(bound);
    }

    static Limit atLeast(double bound) {
        return new AtLeast(bound);
    }

    record Below(double bound) implements Limit {

        @Override
        public boolean isMetBy(double value) {
            return value < bound;
        }

        @Override
        public String text(String unit) {
            return String.format(Locale.ROOT, "< %s %s", Report.number(bound), unit).strip();
        }

        @Override
        public Map<String, Object> json() {
            return Map.of("below", bound);
        }
    }

    record AtLeast(double bound) implements Limit {

        @Override
        public boolean isMetBy(double value) {
            return value >= bound;
        }

        @Override
        public String text(String unit) {
            return String.format(Locale.ROOT, "≥ %s %s", Report.number(bound), unit).strip();
        }

        @Override
        public Map<String, Object> json() {
            return Map.of("at_least", bound);
        }
    }

    record None() implements Limit {

        @Override
        public boolean isMetBy(double value) {
            return true;
        }

        @Override
        public String text(String unit) {
            return "";
        }

        @Override
        public Map<String, Object> json() {
            return Map.of();
        }
    }
}
