package dev.sendex.common.permission;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An endpoint in a key's restrictions: a method and a path template, `GET /v1/emails/{id}`. The
/// names of variables are ignored.
///
/// @param text the method in upper case, one space, the template without a trailing slash
public record EndpointPattern(String text) {

    private static final Pattern ENDPOINT =
            Pattern.compile(
                    "(?<method>(?i)GET|POST|PUT|PATCH|DELETE|HEAD) +"
                            + "(?<path>(/(\\{[A-Za-z0-9_]{1,64}\\}|[A-Za-z0-9._~-]{1,64})){1,16})/?");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*\\}");

    /// Parses an endpoint; null if the text is not valid.
    public static @Nullable EndpointPattern parse(String text) {
        Matcher parts = ENDPOINT.matcher(text.strip());
        return parts.matches()
                ? new EndpointPattern(
                        parts.group("method").toUpperCase(java.util.Locale.ROOT)
                                + " "
                                + parts.group("path"))
                : null;
    }

    /// Whether both name the same endpoint.
    public boolean isSameAs(EndpointPattern other) {
        return anonymous().equals(other.anonymous());
    }

    private String anonymous() {
        return VARIABLE.matcher(text).replaceAll("{}");
    }
}
