package dev.sendex.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures with their targets, in Markdown and JSON.
final class Report {

    private static final double WITHOUT_FRACTION = 1000;

    private record Figure(String name, double value, String unit, Limit limit) {

        String line() {
            return "| %s | %s | %s | %s |"
                    .formatted(
                            name,
                            (number(value) + " " + unit).strip(),
                            limit.text(unit),
                            verdict());
        }

        private String verdict() {
            return limit instanceof Limit.None ? "" : limit.isMetBy(value) ? "met" : "missed";
        }

        Map<String, Object> json() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", name);
            members.put("value", value);
            members.put("unit", unit);
            members.put("limit", limit.json());
            members.put("verdict", verdict());
            return members;
        }
    }

    private final String title;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Report(String title) {
        this.title = title;
    }

    void add(String name, double value, String unit, Limit limit) {
        figures.add(new Figure(name, value, unit, limit));
    }

    /// A figure without a target.
    void add(String name, double value, String unit) {
        add(name, value, unit, Limit.NONE);
    }

    /// A sentence about the figures.
    void note(String sentence) {
        notes.add(sentence);
    }

    /// Prints the report and writes it as `NAME.md` and `NAME.json` into the folder.
    void publish(Path folder, String name) throws IOException {
        String text = text();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), text);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve(name + ".json").toFile(), json());
        IO.println(text);
    }

    private String text() {
        StringBuilder text = new StringBuilder("# " + title + "\n\n");
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        text.append(notes.isEmpty() ? "" : "\n");
        text.append("| what | measured | limit | verdict |\n| --- | --- | --- | --- |\n");
        figures.forEach(figure -> text.append(figure.line()).append('\n'));
        return text.toString();
    }

    private Map<String, Object> json() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("title", title);
        members.put("notes", notes);
        members.put("figures", figures.stream().map(Figure::json).toList());
        return members;
    }

    /// Formats a number with its significant digits.
    static String number(double value) {
        boolean whole = Math.abs(value) >= WITHOUT_FRACTION || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
    }
}
