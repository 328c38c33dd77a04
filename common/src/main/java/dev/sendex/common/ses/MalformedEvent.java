package dev.sendex.common.ses;

/// A record is not a valid SES event. The reason starts with the path in the record. It contains
/// members and JSON types, never values, since reasons are logged and stored in headers.
final class MalformedEvent extends Exception {

    MalformedEvent(String path, String problem) {
        super(path + ": " + problem, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
