package dev.sendex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/// Reports the cost of a check with a cached introspection, as measured by JMH.
final class CachedCheck {

    private static final double WANTED_MICROS = 5;

    private CachedCheck() {}

    /// @param results the JSON file that JMH wrote
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
