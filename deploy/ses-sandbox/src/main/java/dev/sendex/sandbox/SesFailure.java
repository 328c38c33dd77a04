package dev.sendex.sandbox;

/// A refusal as SES words it.
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

    /// Whose fault it is, in SES's words.
    String type() {
        return status < 500 ? "Sender" : "Receiver";
    }
}
