package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/// What JMH found a check to cost while the answer about the key is remembered.
final class CachedCheck {

    private static final double WANTED_MICROS = 5;

    private CachedCheck() {}

    /// @param results as JMH writes them in JSON
    static void add(Report report, Path results) throws IOException {
        JsonNode result = new ObjectMapper().readTree(results.toFile()).path(0);
        JsonNode time = result.path("primaryMetric");
        report.add(
                "cached check (JMH)",
                time.path("score").doubleValue(),
                "µs",
                Limit.below(WANTED_MICROS));
        report.add("cached check, ±", time.path("scoreError").asDouble(), "µs");
        report.add(
                "cached check, allocated",
                result.at("/secondaryMetrics/gc.alloc.rate.norm/score").doubleValue(),
                "B");
    }
}
