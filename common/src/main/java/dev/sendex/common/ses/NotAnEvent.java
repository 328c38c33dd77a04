package dev.sendex.common.ses;

/// A record is not a valid SES event. The reason is a sentence that starts with the path in the
/// record. It names members and JSON types, never values, since reasons are logged and stored in
/// headers.
final class NotAnEvent extends Exception {

    NotAnEvent(String place, String problem) {
        super(place + ": " + problem, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
