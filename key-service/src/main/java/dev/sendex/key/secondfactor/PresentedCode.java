package dev.sendex.key.secondfactor;

import java.util.Locale;

/// What somebody presents besides their password: a code of the app or a recovery code. Blanks,
/// hyphens and capitals are the writer's affair.
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
