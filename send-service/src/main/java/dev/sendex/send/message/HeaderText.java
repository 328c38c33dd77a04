package dev.sendex.send.message;

/// What may stand in a header: anything but what could end it and begin another one.
public final class HeaderText {

    private HeaderText() {}

    /// True if the text holds CR, LF, NUL or any other control character, or one of Unicode's line
    /// separators, which some mail programs treat as line breaks.
    public static boolean isUnsafe(String text) {
        return text.chars().anyMatch(HeaderText::isUnsafe);
    }

    private static boolean isUnsafe(int c) {
        return (Character.isISOControl(c) && c != '\t') || c == '\u2028' || c == '\u2029';
    }
}
