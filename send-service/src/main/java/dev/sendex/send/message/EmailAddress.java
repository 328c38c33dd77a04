package dev.sendex.send.message;

import dev.sendex.common.address.AddrSpec;
import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.address.DomainName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An RFC 5322 mailbox, with or without a display name, in the form that SES accepts: the domain in
/// ASCII and lower case, the local part in ASCII, as given and never quoted. This form is unique,
/// so that the address that is checked is the address that is sent to.
///
/// @param name the display name, without the quoting that it may need in a header
public record EmailAddress(@Nullable String name, AddrSpec spec) {

    private static final int MAX_NAME = 320;
    private static final Pattern SPECIAL = Pattern.compile("[<>()\\[\\]:;@\\\\,\"]");

    /// Parses `local@domain` and `Name <local@domain>`.
    ///
    /// @throws MalformedAddress with a reason to show to the caller
    public static EmailAddress parse(String text) throws MalformedAddress {
        if (HeaderText.isUnsafe(text)) {
            throw new MalformedAddress(HeaderText.UNSAFE);
        }
        String trimmed = text.strip();
        if (!trimmed.endsWith(">")) {
            return new EmailAddress(null, AddrSpec.parse(trimmed));
        }
        int open = trimmed.lastIndexOf('<');
        if (open < 0) {
            throw new MalformedAddress("has a '>' without a '<'");
        }
        return new EmailAddress(
                displayName(trimmed.substring(0, open).strip()),
                AddrSpec.parse(trimmed.substring(open + 1, trimmed.length() - 1)));
    }

    /// Restores an address that was parsed before it was stored.
    public static EmailAddress stored(@Nullable String name, String address) {
        int at = address.lastIndexOf('@');
        return new EmailAddress(
                name,
                new AddrSpec(address.substring(0, at), new DomainName(address.substring(at + 1))));
    }

    /// The address in the envelope.
    public String address() {
        return spec.value();
    }

    /// See [AddrSpec#mailbox()].
    public String mailbox() {
        return spec.mailbox();
    }

    public String domain() {
        return spec.domain().value();
    }

    /// The address as the API shows it, not folded or encoded for a header.
    public String display() {
        if (name == null) {
            return address();
        }
        String shown =
                SPECIAL.matcher(name).find()
                        ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                        : name;
        return shown + " <" + address() + ">";
    }

    /// Hides the address: it must not reach a log.
    @Override
    public String toString() {
        return "EmailAddress[hidden]";
    }

    private static @Nullable String displayName(String phrase) throws MalformedAddress {
        if (phrase.isEmpty()) {
            return null;
        }
        String name = phrase;
        if (phrase.length() > 1 && phrase.startsWith("\"") && phrase.endsWith("\"")) {
            name = unquoted(phrase.substring(1, phrase.length() - 1));
        } else if (SPECIAL.matcher(phrase).find()) {
            throw new MalformedAddress(
                    "has a display name with special characters, which must stand in double quotes:"
                            + " \"Acme, Inc.\" <name@example.com>");
        }
        if (name.length() > MAX_NAME) {
            throw new MalformedAddress(
                    "has a display name of more than %d characters".formatted(MAX_NAME));
        }
        return name.isBlank() ? null : name;
    }

    private static String unquoted(String quoted) throws MalformedAddress {
        StringBuilder plain = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"' || (c == '\\' && ++i == quoted.length())) {
                throw new MalformedAddress("has a display name whose double quotes do not match");
            }
            plain.append(quoted.charAt(i));
        }
        return plain.toString();
    }
}
