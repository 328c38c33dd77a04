package dev.sendex.key.keys.spec;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A sender domain that a key allows: one domain, or with `*.` in front all below it, but not
/// itself.
///
/// @param value in ASCII (IDNA), lower case, without a trailing dot
public record DomainPattern(String value) {

    private static final String ANY_SUBDOMAIN = "*.";
    private static final int MAX_LENGTH = 253;
    private static final Pattern DOMAIN =
            Pattern.compile(
                    "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    /// IDNA 2003, which the JDK has, maps these to other letters; IDNA 2008 keeps them. Guessing
    /// would allow a stranger's domain.
    private static final Pattern AMBIGUOUS = Pattern.compile("[ß\u1e9eς\u200c\u200d]");

    /// Whether the text means two domains, depending on who reads it.
    static boolean isAmbiguous(String text) {
        return AMBIGUOUS.matcher(text).find();
    }

    /// The pattern in this text, or null where it is none.
    static @Nullable DomainPattern parse(String text) {
        boolean wildcard = text.startsWith(ANY_SUBDOMAIN);
        String domain = ascii(wildcard ? text.substring(ANY_SUBDOMAIN.length()) : text);
        if (domain == null || domain.length() > MAX_LENGTH || !DOMAIN.matcher(domain).matches()) {
            return null;
        }
        return new DomainPattern(wildcard ? ANY_SUBDOMAIN + domain : domain);
    }

    private static @Nullable String ascii(String domain) {
        String bare = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
        try {
            return IDN.toASCII(bare, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
    }

    /// Whether every domain that the other pattern allows is allowed by this one.
    public boolean covers(DomainPattern other) {
        if (value.equals(other.value)) {
            return true;
        }
        return value.startsWith(ANY_SUBDOMAIN)
                && other.value.endsWith(value.substring(1))
                && other.value.length() >= value.length();
    }
}
