package dev.sendex.send.emails.accepting;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.send.message.HeaderText;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which headers a caller may set. Excluded are headers that another field of the request sets,
/// that SES or Sendex sets, or that affect delivery.
final class HeaderRules {

    private static final int MAX_HEADERS = 50;

    /// SES leaves headers out of its events beyond this.
    private static final int MAX_VALUE_LENGTH = 10_000;

    private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,76}");
    private static final String SES_CONTROLS = "x-ses-";
    private static final String SENDEX_OWN = "x-sendex-";
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "bcc",
                    "cc",
                    "content-disposition",
                    "content-id",
                    "content-transfer-encoding",
                    "content-type",
                    "date",
                    "dkim-signature",
                    "from",
                    "message-id",
                    "mime-version",
                    "received",
                    "reply-to",
                    "resent-bcc",
                    "resent-cc",
                    "resent-from",
                    "resent-sender",
                    "resent-to",
                    "return-path",
                    "sender",
                    "subject",
                    "to");

    private HeaderRules() {}

    static Map<String, String> headers(Map<String, @Nullable String> given) {
        if (given.size() > MAX_HEADERS) {
            throw INVALID_PARAMETER.on(
                    "headers", "must have at most %d headers".formatted(MAX_HEADERS));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        given.forEach((name, value) -> {
            if (value != null) {
                refuseDuplicate(names, name(name));
                headers.put(name, value(name, value));
            }
        });
        return headers;
    }

    /// SES refuses most headers that occur twice, in whatever case.
    private static void refuseDuplicate(Set<String> names, String name) {
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw INVALID_PARAMETER.on(
                    "headers." + name,
                    "is duplicated; names that differ only in case are the same");
        }
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw INVALID_PARAMETER.on(
                    "headers",
                    "holds a name that is not 1 to 76 printable ASCII characters without a colon");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (FORBIDDEN.contains(lower)
                || lower.startsWith(SES_CONTROLS)
                || lower.startsWith(SENDEX_OWN)) {
            throw INVALID_PARAMETER.on(
                    "headers." + name,
                    "cannot be set here; use its own member instead, if there is one");
        }
        return name;
    }

    private static String value(String name, String value) {
        if (value.isBlank()) {
            throw INVALID_PARAMETER.on("headers." + name, "must not be empty");
        }
        if (HeaderText.isUnsafe(value)) {
            throw INVALID_PARAMETER.on("headers." + name, HeaderText.UNSAFE);
        }
        if (value.length() > MAX_VALUE_LENGTH) {
            throw INVALID_PARAMETER.on(
                    "headers." + name,
                    "must have at most %d characters".formatted(MAX_VALUE_LENGTH));
        }
        if (!HeaderText.fits(name, value)) {
            throw INVALID_PARAMETER.on(
                    "headers." + name,
                    "has a word that is too long for a line of 998 characters; put spaces in it");
        }
        if (!HeaderText.isWritable(name, value)) {
            throw INVALID_PARAMETER.on(
                    "headers." + name,
                    "must be ASCII, except for a name in front of an address or id in < and >");
        }
        return value;
    }
}
