package dev.sendex.sandbox;

/// What the sandbox answers, or that it cuts the connection.
sealed interface Reply {

    record Content(int status, String type, String body) implements Reply {}

    record Cut() implements Reply {}

    static Reply xml(int status, String xml) {
        return new Content(status, "text/xml; charset=utf-8", xml);
    }

    static Reply json(int status, String json) {
        return new Content(status, "application/json", json);
    }

    static Reply html(int status, String html) {
        return new Content(status, "text/html; charset=utf-8", html);
    }

    static Reply text(int status, String text) {
        return new Content(status, "text/plain; charset=utf-8", text);
    }
}
