package dev.sendex.send.message;

/// Why a text is no address. The reason continues a sentence that starts with the field's name and
/// never repeats the text.
public final class MalformedAddress extends Exception {

    MalformedAddress(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
