package dev.sendex.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures beside their targets, for people (Markdown) and for programs (JSON).
final class Report {

    private record Figure(String name, double value, double target, String unit) {

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.2f %s | < %.0f %s | %.2f |",
                    name,
                    value,
                    unit,
                    target,
                    unit,
                    value / target);
        }

        Map<String, Object> json() {
            return Map.of("name", name, "value", value, "target", target, "unit", unit);
        }
    }

    private final String title;
    private final List<Figure> figures = new ArrayList<>();

    Report(String title) {
        this.title = title;
    }

    void add(String name, double value, double target, String unit) {
        figures.add(new Figure(name, value, target, unit));
    }

    /// Prints the report and writes it as `NAME.md` and `NAME.json` into the folder.
    void publish(Path folder, String name) throws IOException {
        StringBuilder text = new StringBuilder("# " + title + "\n\n");
        text.append("| what | measured | target | of target |\n| --- | --- | --- | --- |\n");
        figures.forEach(figure -> text.append(figure.line()).append('\n'));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), text);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(
                        folder.resolve(name + ".json").toFile(),
                        figures.stream().map(Figure::json).toList());
        IO.println(text);
    }
}
