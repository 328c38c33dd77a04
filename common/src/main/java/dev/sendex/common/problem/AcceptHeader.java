package dev.sendex.common.problem;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;

/// The header `Accept` (RFC 9110, section 12.5.1). Quarkus's parsers fail if it is malformed, so a
/// malformed header is removed.
final class AcceptHeader {

    private static final String NAME = "Accept";
    private static final int MAX_LENGTH = 1_000;

    private static final String TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]++";
    private static final String WEIGHT = "[qQ]=(?:0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)";
    private static final String PARAMETER =
            "(?![qQ]=)" + TOKEN + "=(?:" + TOKEN + "|\"[ !#-\\[\\]-~]*+\")";
    private static final String RANGE =
            "(?:\\*/\\*|%s/(?:\\*|%s))(?: *; *(?:%s|%s))*+"
                    .formatted(TOKEN, TOKEN, WEIGHT, PARAMETER);
    private static final Pattern RANGES =
            Pattern.compile(" *" + RANGE + "(?: *, *" + RANGE + ")*+ *");

    private AcceptHeader() {}

    static void removeUnreadable(RoutingContext request) {
        MultiMap headers = request.request().headers();
        List<String> values = headers.getAll(NAME);
        if (!values.stream().allMatch(AcceptHeader::isReadable)) {
            headers.remove(NAME);
        }
        request.next();
    }

    private static boolean isReadable(String value) {
        return value.length() <= MAX_LENGTH && RANGES.matcher(value).matches();
    }
}
