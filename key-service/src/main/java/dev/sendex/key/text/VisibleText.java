package dev.sendex.key.text;

import java.text.Normalizer;
import java.util.regex.Pattern;

/// Single-line text of visible characters only, so that different names look different and a name
/// cannot rearrange the text around it.
public final class VisibleText {

    /// Visible characters only: no control characters, line separators, format characters
    /// (zero-width and bidirectional ones), unassigned or private ones and surrogates, and none of
    /// the other `Default_Ignorable_Code_Point`s (Unicode's DerivedCoreProperties.txt), except the
    /// variation selectors 15 and 16, which emoji use.
    public static final String PATTERN =
            "[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Co}\\p{Cs}\\x{34f}\\x{115f}\\x{1160}"
                    + "\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{3164}\\x{fe00}-\\x{fe0d}\\x{ffa0}"
                    + "\\x{e0000}-\\x{e0fff}]*";

    /// The message for text that does not match [#PATTERN].
    public static final String MESSAGE =
            "must not contain line breaks, control or invisible characters";

    private static final Pattern VISIBLE = Pattern.compile(PATTERN);

    private VisibleText() {}

    public static boolean isVisible(String text) {
        return VISIBLE.matcher(text).matches();
    }

    /// The text without surrounding blanks, in the Unicode normal form NFC.
    public static String canonical(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    }
}
