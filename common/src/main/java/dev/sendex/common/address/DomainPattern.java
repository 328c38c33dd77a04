package dev.sendex.common.address;

import dev.sendex.common.address.AddrSpec.MalformedAddress;

/// One domain, or with `*.` in front all domains below it at any depth, but not the domain itself.
///
/// @param value in the form of [DomainName], with or without `*.` in front
public record DomainPattern(String value) {

    private static final String ANY_SUBDOMAIN = "*.";

    /// Reads a pattern. A trailing dot is ignored.
    ///
    /// @throws MalformedAddress if the domain in it is not valid
    public static DomainPattern parse(String text) throws MalformedAddress {
        boolean wildcard = text.startsWith(ANY_SUBDOMAIN);
        String domain = wildcard ? text.substring(ANY_SUBDOMAIN.length()) : text;
        DomainName name =
                DomainName.parse(
                        domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain);
        return new DomainPattern(wildcard ? ANY_SUBDOMAIN + name.value() : name.value());
    }

    public boolean matches(DomainName domain) {
        return covers(new DomainPattern(domain.value()));
    }

    /// Whether every domain that the other pattern matches is matched by this one.
    public boolean covers(DomainPattern other) {
        return value.equals(other.value)
                || (value.startsWith(ANY_SUBDOMAIN)
                        && other.value.endsWith(value.substring(1))
                        && other.value.length() >= value.length());
    }
}
