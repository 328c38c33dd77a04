package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.address.AddrSpec;
import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.key.text.VisibleText;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The addresses that members are known by: one form of each, in ASCII and lower case, so that none
/// looks like another one in another script. Only a mail that arrives proves an address.
///
/// The part before the @ is ASCII anyway: Amazon SES delivers to no other. A domain in another
/// script is kept and shown in its ASCII form (`xn--…`); one whose labels mix scripts that look
/// alike is refused (Unicode Technical Standard 39, section 5.2, "highly restrictive").
public final class Emails {

    private static final List<Set<UnicodeScript>> MIXED_IN_WRITING =
            List.of(
                    EnumSet.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

    private Emails() {}

    /// The address in its one form; what is no address comes back as it is and is nobody's.
    public static String normalize(String email) {
        String canonical = canonical(email.strip());
        return canonical == null ? email.strip().toLowerCase(Locale.ROOT) : canonical;
    }

    /// The address in its one form.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` where it is none
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
            String shown = address.domain().toUnicode();
            boolean readable =
                    VisibleText.isVisible(shown)
                            && Stream.of(shown.split("\\.")).allMatch(Emails::isReadable);
            return readable ? address.mailbox() : null;
        } catch (MalformedAddress malformed) {
            return null;
        }
    }

    /// Whether the scripts in a label are ones that are written together.
    private static boolean isReadable(String label) {
        EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return scripts.size() <= 1
                || MIXED_IN_WRITING.stream().anyMatch(mix -> mix.containsAll(scripts));
    }
}
