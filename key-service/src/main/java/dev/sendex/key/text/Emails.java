package dev.sendex.key.text;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.address.AddrSpec;
import dev.sendex.common.address.AddrSpec.MalformedAddress;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Normalises members' email addresses to ASCII and lower case, so that no two accounts have
/// addresses that look the same in different scripts. Whether an address belongs to somebody is
/// proven only by an email that arrives.
///
/// The local part is always ASCII, because Amazon SES delivers to no other. A domain in another
/// script is stored and shown in its ASCII form (`xn--…`). A domain whose labels mix scripts that
/// look alike is refused (Unicode Technical Standard 39, section 5.2, "highly restrictive").
public final class Emails {

    private static final List<Set<UnicodeScript>> COMMON_MIXES =
            List.of(
                    EnumSet.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private Emails() {}

    /// The normalised address. Text that is not an address is returned unchanged, so it matches no
    /// member.
    public static String normalize(String email) {
        String canonical = canonical(email.strip());
        return canonical == null ? email.strip().toLowerCase(Locale.ROOT) : canonical;
    }

    /// The normalised address.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if it is not valid
    public static String require(String email) {
        String canonical = canonical(email.strip());
        if (canonical == null) {
            throw VALIDATION_ERROR.on(
                    "email",
                    "must be an email address; before the @ in ASCII, after it not in a mix of"
                            + " scripts");
        }
        return canonical;
    }

    private static @Nullable String canonical(String email) {
        try {
            AddrSpec address = AddrSpec.parse(email);
            String unicode = address.domain().toUnicode();
            boolean unambiguous =
                    VisibleText.isVisible(unicode)
                            && Stream.of(unicode.split("\\.")).allMatch(Emails::isCommonMix);
            return unambiguous ? address.mailbox() : null;
        } catch (MalformedAddress malformed) {
            return null;
        }
    }

    /// Whether a label mixes only scripts that are commonly written together.
    private static boolean isCommonMix(String label) {
        EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return scripts.size() <= 1
                || COMMON_MIXES.stream().anyMatch(mix -> mix.containsAll(scripts));
    }
}
