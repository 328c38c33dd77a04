package dev.sendex.sandbox;

import org.jspecify.annotations.Nullable;

/// A response of the sandbox, or a closed connection instead of one.
sealed interface Reply {

    /// A response.
    ///
    /// @param link the value of the header `Link`
    record Content(int status, String type, String body, @Nullable String link) implements Reply {

        Content(int status, String type, String body) {
            this(status, type, body, null);
        }

        Content withLink(String header) {
            return new Content(status, type, body, header);
        }
    }

    record Cut() implements Reply {}

    static Reply xml(int status, String xml) {
        return new Content(status, "text/xml; charset=utf-8", xml);
    }

    static Content json(int status, String json) {
        return new Content(status, "application/json", json);
    }

    static Reply html(int status, String html) {
        return new Content(status, "text/html; charset=utf-8", html);
    }

    static Reply text(int status, String text) {
        return new Content(status, "text/plain; charset=utf-8", text);
    }
}
