package dev.sendex.common.address;

import com.ibm.icu.text.IDNA;
import dev.sendex.common.address.AddrSpec.MalformedAddress;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A full domain name, with at least two labels, in its canonical form.
///
/// Names in other scripts are converted as browsers do it, by IDNA 2008 with the mappings of
/// Unicode Technical Standard 46 (non-transitional).
///
/// @param value in ASCII (`xn--…`) and lower case, without a trailing dot
public record DomainName(String value) {

    private static final int MAX_LENGTH = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern LABELS = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    /// Starts with a letter, so that it cannot be read as part of an IPv4 address.
    private static final Pattern LAST_LABEL = Pattern.compile("[a-z][a-z0-9-]*[a-z0-9]");

    /// UTS 46 silently removes most of these. The two joiners are letters in some scripts, and IDNA
    /// 2008 checks the characters around them.
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\u200c\u200d]]");

    private static final IDNA UTS46 =
            IDNA.getUTS46Instance(
                    IDNA.USE_STD3_RULES
                            | IDNA.CHECK_BIDI
                            | IDNA.CHECK_CONTEXTJ
                            | IDNA.CHECK_CONTEXTO
                            | IDNA.NONTRANSITIONAL_TO_ASCII
                            | IDNA.NONTRANSITIONAL_TO_UNICODE);

    /// Names with hyphens in the third and fourth place exist (`r4---sn.example`). `xn--` is
    /// checked separately.
    private static final Set<IDNA.Error> IGNORED = EnumSet.of(IDNA.Error.HYPHEN_3_4);

    /// Reads a name in any script.
    ///
    /// @throws MalformedAddress if it is not a name in the DNS with at least two labels
    public static DomainName parse(String text) throws MalformedAddress {
        String ascii = toAscii(text);
        if (ascii.length() > MAX_LENGTH || ascii.indexOf('.') < 0) {
            throw new MalformedAddress("needs a full domain name, such as example.com");
        }
        if (!LABELS.matcher(ascii).matches()) {
            throw invalid();
        }
        if (!LAST_LABEL.matcher(ascii.substring(ascii.lastIndexOf('.') + 1)).matches()) {
            throw new MalformedAddress(
                    "needs a domain name that ends in a top-level domain, not an IP address");
        }
        return new DomainName(ascii);
    }

    /// The name in its own script, to be shown or examined.
    public String toUnicode() {
        return UTS46.nameToUnicode(value, new StringBuilder(), new IDNA.Info()).toString();
    }

    /// Whether this is the other domain or one below it.
    public boolean isWithin(DomainName other) {
        return value.equals(other.value) || value.endsWith("." + other.value);
    }

    private static String toAscii(String text) throws MalformedAddress {
        if (INVISIBLE.matcher(text).find()) {
            throw invalid();
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(text, new StringBuilder(), info).toString();
        if (!IGNORED.containsAll(info.getErrors())) {
            throw invalid();
        }
        return ascii.toLowerCase(Locale.ROOT);
    }

    private static MalformedAddress invalid() {
        return new MalformedAddress("has a domain that is not a valid DNS name");
    }
}
