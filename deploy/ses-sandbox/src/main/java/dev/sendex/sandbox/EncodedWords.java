package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decodes the encoded words in headers, `=?UTF-8?Q?…?=` (RFC 2047); invalid ones are left
/// unchanged.
final class EncodedWords {

    private static final Pattern WORD =
            Pattern.compile("=\\?([^?\\s]+)\\?([BbQq])\\?([^?\\s]*)\\?=");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("(\\?=)\\s+(?==\\?)");

    private EncodedWords() {}

    static String decode(String header) {
        if (!header.contains("=?")) {
            return header;
        }
        String joined = BETWEEN_WORDS.matcher(header).replaceAll("$1");
        return WORD.matcher(joined).replaceAll(word -> Matcher.quoteReplacement(decoded(word)));
    }

    private static String decoded(MatchResult word) {
        try {
            Charset charset = Charset.forName(word.group(1));
            byte[] bytes =
                    word.group(2).toUpperCase(Locale.ROOT).equals("B")
                            ? Base64.getMimeDecoder().decode(word.group(3))
                            : quotedPrintable(word.group(3).replace('_', ' '));
            return new String(bytes, charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return word.group();
        } catch (IllegalArgumentException e) {
            return word.group();
        }
    }

    /// Decodes `=E9`; soft line breaks must have been removed.
    static byte[] quotedPrintable(String text) {
        byte[] in = text.getBytes(ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '=' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(in[i]);
            }
        }
        return out.toByteArray();
    }
}
