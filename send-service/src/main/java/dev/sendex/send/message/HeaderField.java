package dev.sendex.send.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes header fields (RFC 5322), each with its line breaks. ASCII is kept as it is, so that
/// programs which compare or follow a value find it unchanged; only text that is not ASCII becomes
/// encoded words (RFC 2047).
///
/// Lines are folded only at a single space between two words. Mail programs read other white space
/// around a line break in different ways.
final class HeaderField {

    private static final int LINE = 78;

    /// In base64, with `=?UTF-8?B?…?=` and a short name in front, these fit a line of 76
    /// characters.
    private static final int ENCODED_WORD_OCTETS = 39;

    private static final Pattern ATOMS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private HeaderField() {}

    /// A subject.
    static String text(String name, String text) {
        boolean plain =
                HeaderText.isPrintable(text)
                        && text.equals(text.strip())
                        && !HeaderText.looksEncoded(text)
                        && HeaderText.fits(name, text);
        return folded(name, plain ? text : encodedWords(text));
    }

    /// A header that the caller set.
    static String custom(String name, String value) {
        String stripped = value.strip();
        boolean plain =
                HeaderText.isAscii(stripped)
                        && HeaderText.fits(name, stripped)
                        && (HeaderText.isStructured(name) || !HeaderText.looksEncoded(stripped));
        return folded(name, plain ? stripped : encoded(stripped));
    }

    static String addresses(String name, List<EmailAddress> addresses) {
        return folded(
                name,
                addresses.stream().map(HeaderField::mailbox).collect(Collectors.joining(", ")));
    }

    static String folded(String name, String value) {
        StringBuilder field = new StringBuilder(name).append(": ");
        int used = field.length();
        int start = 0;
        while (start < value.length()) {
            int end = HeaderText.wordEnd(value, start + 1);
            if (start > 0 && used + end - start > LINE) {
                field.append("\r\n");
                used = 0;
            }
            field.append(value, start, end);
            used += end - start;
            start = end;
        }
        return field.append("\r\n").toString();
    }

    private static String encoded(String value) {
        Matcher angle = HeaderText.PHRASE_AND_ANGLE.matcher(value);
        return angle.matches()
                ? encodedWords(unquoted(angle.group(1))) + " " + angle.group(2)
                : encodedWords(value);
    }

    private static String mailbox(EmailAddress address) {
        String name = address.name();
        return name == null ? address.address() : phrase(name) + " <" + address.address() + ">";
    }

    private static String phrase(String name) {
        if (ATOMS.matcher(name).matches() && !HeaderText.looksEncoded(name)) {
            return name;
        }
        return HeaderText.isPrintable(name)
                        && name.equals(name.strip())
                        && !HeaderText.looksEncoded(name)
                ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : encodedWords(name);
    }

    private static String unquoted(String phrase) {
        return phrase.length() > 1 && phrase.startsWith("\"") && phrase.endsWith("\"")
                ? phrase.substring(1, phrase.length() - 1).replaceAll("\\\\(.)", "$1")
                : phrase;
    }

    private static String encodedWords(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder word = new StringBuilder();
        int octets = 0;
        for (int character : text.codePoints().toArray()) {
            int more = Character.toString(character).getBytes(UTF_8).length;
            if (octets + more > ENCODED_WORD_OCTETS) {
                append(words, word).append(' ');
                octets = 0;
            }
            word.appendCodePoint(character);
            octets += more;
        }
        return append(words, word).toString();
    }

    private static StringBuilder append(StringBuilder words, StringBuilder word) {
        words.append("=?UTF-8?B?")
                .append(Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8)))
                .append("?=");
        word.setLength(0);
        return words;
    }
}
