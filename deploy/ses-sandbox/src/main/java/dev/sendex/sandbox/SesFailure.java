package dev.sendex.sandbox;

/// An error as SES reports it.
final class SesFailure extends RuntimeException {

    private final int status;
    private final String code;
    private final String text;

    SesFailure(int status, String code, String text) {
        super(code + ": " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
    }

    static SesFailure invalidParameter(String text) {
        return new SesFailure(400, "InvalidParameterValue", text);
    }

    static SesFailure throttled(String text) {
        return new SesFailure(400, "Throttling", text);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String text() {
        return text;
    }

    /// The error type in SES's terms, which is the party at fault.
    String type() {
        return status < 500 ? "Sender" : "Receiver";
    }
}
