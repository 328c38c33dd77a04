package dev.sendex.key.introspection;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The format of an introspection response.
enum AnswerForm {
    /// RFC 7662, the default.
    JSON("application/json"),
    /// RFC 9701: signed.
    JWT("application/token-introspection+jwt");

    private final String mediaType;

    AnswerForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /// The format that the `Accept` headers prefer. JSON wins only if it is named and has the
    /// higher weight: a client that names the signed form supports it.
    static AnswerForm preferredBy(List<String> accept) {
        double jwt = weight(accept, JWT);
        return jwt > 0 && jwt >= weight(accept, JSON) ? JWT : JSON;
    }

    private static double weight(List<String> accept, AnswerForm form) {
        return accept.stream()
                .flatMap(header -> Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1)))
                .map(range -> range.split(";", -1))
                .filter(range -> range[0].strip().equals(form.mediaType))
                .mapToDouble(AnswerForm::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String[] range) {
        return Arrays.stream(range)
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("q="))
                .map(parameter -> parameter.substring(2))
                .findFirst()
                .map(AnswerForm::number)
                .orElse(1.0);
    }

    private static double number(String text) {
        return text.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(text) : 0;
    }
}
