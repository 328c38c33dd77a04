package dev.sendex.send.message;

/// Detects header injection.
public final class HeaderText {

    private HeaderText() {}

    /// Whether the text has CR, LF, NUL or another control character except tab, or one of
    /// Unicode's line separators, which some mail programs treat as line breaks.
    public static boolean isUnsafe(String text) {
        return text.chars().anyMatch(HeaderText::isUnsafe);
    }

    private static boolean isUnsafe(int c) {
        return (Character.isISOControl(c) && c != '\t') || c == '\u2028' || c == '\u2029';
    }
}
