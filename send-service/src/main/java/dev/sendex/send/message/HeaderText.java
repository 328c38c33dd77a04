package dev.sendex.send.message;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the text of a header may be, and how it can be written.
public final class HeaderText {

    /// What is wrong with an unsafe text.
    public static final String UNSAFE =
            "must not contain line breaks, control characters or invalid Unicode";

    /// The longest line of an email, without its line break (RFC 5322, section 2.1.1).
    private static final int MAX_LINE = 998;

    /// Headers that programs parse, besides all `List-…`; encoded words mean nothing to them.
    private static final Set<String> STRUCTURED =
            Set.of(
                    "archived-at",
                    "auto-submitted",
                    "disposition-notification-to",
                    "errors-to",
                    "feedback-id",
                    "in-reply-to",
                    "original-message-id",
                    "references",
                    "return-receipt-to");

    /// `Name <id or address>`, of which the name may be in any script.
    static final Pattern PHRASE_AND_ANGLE = Pattern.compile("([^<>]*[^<>\\s])\\s+(<[!-;=?-~]+>)");

    /// Only its start: looking for the end takes cubic time.
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?]++\\?.\\?");

    private HeaderText() {}

    /// Whether the text has CR, LF, NUL or another control character except tab, or one of
    /// Unicode's line separators, which some mail programs treat as line breaks, or is not Unicode.
    public static boolean isUnsafe(String text) {
        return text.chars().anyMatch(HeaderText::isUnsafe) || !isUnicode(text);
    }

    /// Whether all surrogates are in pairs. Others cannot be written in UTF-8; Java would silently
    /// replace them.
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    /// Whether a header can have this value: it must be in ASCII if programs parse it, apart from
    /// the name in front of an address or id in angle brackets.
    public static boolean isWritable(String name, String value) {
        return !isStructured(name)
                || isAscii(value)
                || PHRASE_AND_ANGLE.matcher(value.strip()).matches();
    }

    /// Whether no word is too long for a line. A value that is not ASCII fits, since it is encoded,
    /// apart from an address or id in angle brackets.
    public static boolean fits(String name, String value) {
        if (!isAscii(value)) {
            Matcher parts = PHRASE_AND_ANGLE.matcher(value.strip());
            return !parts.matches() || parts.group(2).length() < MAX_LINE;
        }
        int room = MAX_LINE - name.length() - 2;
        int start = 0;
        while (start < value.length()) {
            int end = wordEnd(value, start + 1);
            if (end - start > room) {
                return false;
            }
            start = end;
        }
        return true;
    }

    static boolean isStructured(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("list-") || STRUCTURED.contains(lower);
    }

    /// Whether mail programs would take the text for encoded words and decode it.
    static boolean looksEncoded(String text) {
        return text.contains("=?") && ENCODED_WORD.matcher(text).find();
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\t');
    }

    static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127);
    }

    /// Where the word ends that starts before `from`: at a single space, or at the end of the text.
    static int wordEnd(String text, int from) {
        for (int i = from; i < text.length() - 1; i++) {
            if (text.charAt(i) == ' '
                    && !isWhiteSpace(text.charAt(i - 1))
                    && !isWhiteSpace(text.charAt(i + 1))) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isUnsafe(int c) {
        return (Character.isISOControl(c) && c != '\t') || c == '\u2028' || c == '\u2029';
    }
}
