package dev.sendex.key.introspection;

import dev.sendex.key.clients.OAuthRefusal;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses form parameters as OAuth 2.0 requires (RFC 6749, section 3.2): duplicates are refused,
/// and a parameter without a value is ignored. Quarkus's form parser is more lenient.
final class FormParameters {

    private static final String FORM = "application/x-www-form-urlencoded";

    private FormParameters() {}

    /// The parameters that have a value.
    ///
    /// @throws OAuthRefusal `invalid_request` if the body is not such a form
    static Map<String, String> read(@Nullable String contentType, Buffer body) {
        if (contentType == null || !mediaType(contentType).equalsIgnoreCase(FORM)) {
            throw OAuthRefusal.invalidRequest("Send Content-Type: " + FORM + ".");
        }
        Map<String, String> values = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (String pair : body.toString(StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!name.isEmpty() && !names.add(name)) {
                throw OAuthRefusal.invalidRequest(
                        "A parameter is duplicated. Send each parameter once.");
            }
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        }
        return values;
    }

    private static String mediaType(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw OAuthRefusal.invalidRequest("The form is not valid percent-encoding.");
        }
    }
}
