package dev.sendex.common.address;

import java.util.Locale;
import java.util.regex.Pattern;

/// The address of a mailbox, without a display name (RFC 5322, `addr-spec`), in the form that
/// Amazon SES accepts: the local part is ASCII, unchanged and never quoted.
public record AddrSpec(String localPart, DomainName domain) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_PART = 64;
    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern DOT_ATOM = Pattern.compile(ATEXT + "(\\." + ATEXT + ")*");

    /// Why a text is not an address or a domain name. The reason continues a sentence that starts
    /// with the field's name and never repeats the text.
    public static final class MalformedAddress extends Exception {

        public MalformedAddress(String reason) {
            super(reason, null, false, false);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// Reads `local@domain`.
    ///
    /// @throws MalformedAddress if it is not valid
    public static AddrSpec parse(String text) throws MalformedAddress {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            throw new MalformedAddress(
                    "must look like name@example.com or Name <name@example.com>");
        }
        AddrSpec address =
                new AddrSpec(
                        localPart(text.substring(0, at)), DomainName.parse(text.substring(at + 1)));
        if (address.value().length() > MAX_LENGTH) {
            throw new MalformedAddress("has more than %d characters".formatted(MAX_LENGTH));
        }
        return address;
    }

    public String value() {
        return localPart + "@" + domain.value();
    }

    /// The same for all notations of a mailbox. Providers ignore the case of the local part.
    public String mailbox() {
        return value().toLowerCase(Locale.ROOT);
    }

    /// Hides the address: it must not reach a log.
    @Override
    public String toString() {
        return "AddrSpec[hidden]";
    }

    private static String localPart(String local) throws MalformedAddress {
        if (!local.chars().allMatch(c -> c < 128)) {
            throw new MalformedAddress(
                    "has a part before the @ that is not ASCII, which Amazon SES cannot deliver"
                            + " to");
        }
        if (local.length() > MAX_LOCAL_PART) {
            throw new MalformedAddress(
                    "has more than %d characters before the @".formatted(MAX_LOCAL_PART));
        }
        if (!DOT_ATOM.matcher(local).matches()) {
            throw new MalformedAddress(
                    "has characters before the @ that are not allowed, or only in quotes, which"
                            + " Amazon SES does not take");
        }
        return local;
    }
}
