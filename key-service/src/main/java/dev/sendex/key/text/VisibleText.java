package dev.sendex.key.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// Text in one line in which every character can be seen, so that two names that differ look
/// different, and none rearranges what stands around it.
public final class VisibleText {

    /// Nothing but visible characters: no controls, separators of lines, format characters
    /// (zero-width and bidirectional ones), unassigned or private ones and half surrogates, and
    /// none of the other `Default_Ignorable_Code_Point`s (Unicode's DerivedCoreProperties.txt) but
    /// the variation selectors 15 and 16, which emoji have.
    public static final String PATTERN =
            "[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Co}\\p{Cs}\\x{34f}\\x{115f}\\x{1160}"
                    + "\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{3164}\\x{fe00}-\\x{fe0d}\\x{ffa0}"
                    + "\\x{e0000}-\\x{e0fff}]*";

    /// Says what [#PATTERN] wants.
    public static final String MESSAGE =
            "must not contain line breaks, control or invisible characters";

    private static final Pattern VISIBLE = Pattern.compile(PATTERN);

    private VisibleText() {}

    public static boolean isVisible(String text) {
        return VISIBLE.matcher(text).matches();
    }

    /// The text without blanks around it, and in the one form of those that look the same (NFC).
    public static String canonical(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
