package dev.sendex.bench;

import java.util.Locale;
import java.util.Map;

/// What a figure is held to.
sealed interface Limit {

    /// A figure that is only told.
    Limit NONE = new None();

    boolean isKeptBy(double value);

    /// How the report writes it.
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
        public boolean isKeptBy(double value) {
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
        public boolean isKeptBy(double value) {
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
        public boolean isKeptBy(double value) {
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
