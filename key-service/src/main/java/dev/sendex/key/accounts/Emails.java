package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.key.text.VisibleText;
import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The addresses that members are known by: one form of each, in ASCII and lower case, so that none
/// looks like another one in another script. Only a mail that arrives proves an address.
///
/// The part before the @ is ASCII anyway: Amazon SES delivers to no other. A domain in another
/// script is kept and shown in its ASCII form (`xn--…`); one whose labels mix scripts that look
/// alike is refused (Unicode Technical Standard 39, section 5.2, "highly restrictive").
public final class Emails {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_DOMAIN = 253;
    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATEXT + "(\\." + ATEXT + ")*");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")+");

    /// IDNA 2003, which the JDK has, maps these to other letters; IDNA 2008 keeps them.
    private static final Pattern AMBIGUOUS_IN_IDNA = Pattern.compile("[ßẞς\u200c\u200d]");

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
        int at = email.lastIndexOf('@');
        String local = email.substring(0, Math.max(at, 0));
        String domain = at < 0 ? null : domain(email.substring(at + 1));
        if (domain == null
                || local.length() > MAX_LOCAL_PART
                || !LOCAL_PART.matcher(local).matches()) {
            return null;
        }
        String canonical = local.toLowerCase(Locale.ROOT) + "@" + domain;
        return canonical.length() <= MAX_LENGTH ? canonical : null;
    }

    private static @Nullable String domain(String text) {
        if (!VisibleText.isVisible(text) || AMBIGUOUS_IN_IDNA.matcher(text).find()) {
            return null;
        }
        try {
            String ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.length() <= MAX_DOMAIN
                            && DOMAIN.matcher(ascii).matches()
                            && areReadable(ascii.split("\\."))
                    ? ascii
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static boolean areReadable(String[] labels) {
        for (String label : labels) {
            if (!isReadable(label)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a label in ASCII is one that something readable is written as.
    private static boolean isReadable(String label) {
        if (!label.startsWith("xn--")) {
            return true;
        }
        String unicode = IDN.toUnicode(label, IDN.USE_STD3_ASCII_RULES);
        EnumSet<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        unicode.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.removeAll(EnumSet.of(UnicodeScript.COMMON, UnicodeScript.INHERITED));
        return !unicode.equals(label)
                && VisibleText.isVisible(unicode)
                && IDN.toASCII(unicode, IDN.USE_STD3_ASCII_RULES).equals(label)
                && (scripts.size() <= 1
                        || MIXED_IN_WRITING.stream().anyMatch(mix -> mix.containsAll(scripts)));
    }
}
