package dev.sendex.common.ses;

/// Why a record is no SES event, as a sentence that starts with the place in the record. Names
/// members and JSON types only, never what a member holds: reasons end up in logs and headers.
final class NotAnEvent extends Exception {

    NotAnEvent(String place, String problem) {
        super(place + ": " + problem, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
