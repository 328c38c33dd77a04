package dev.sendex.key.secondfactor;

import java.util.Locale;

/// A code that was entered: one of the app or a recovery code. Blanks, hyphens and case are
/// ignored.
record PresentedCode(String value) {

    static PresentedCode of(String text) {
        return new PresentedCode(text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    RecoveryCode asRecoveryCode() {
        return new RecoveryCode(value);
    }

    @Override
    public String toString() {
        return "PresentedCode[hidden]";
    }
}
