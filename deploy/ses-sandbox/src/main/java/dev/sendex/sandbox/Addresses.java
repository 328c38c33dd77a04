package dev.sendex.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Email addresses in envelopes and headers, as SES parses them.
final class Addresses {

    /// SES rejects local parts that need quotes.
    private static final Pattern DOT_ATOM =
            Pattern.compile("[\\w!#$%&'*+/=?^`{|}~-]+(\\.[\\w!#$%&'*+/=?^`{|}~-]+)*");

    private Addresses() {}

    /// The addresses of a header such as `To`, display names included.
    static List<String> list(String header) {
        List<String> addresses = new ArrayList<>();
        StringBuilder address = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '\\' && quoted && i + 1 < header.length()) {
                address.append(c).append(header.charAt(++i));
            } else if (c == ',' && !quoted) {
                add(address, addresses);
            } else {
                quoted ^= c == '"';
                address.append(c);
            }
        }
        add(address, addresses);
        return addresses;
    }

    /// Extracts `ada@example.net` from `Ada <ada@example.net>`; rejects what SES rejects.
    static String bare(String address) {
        String text = address.strip();
        int open = text.endsWith(">") ? text.lastIndexOf('<') : -1;
        String bare = open < 0 ? text : text.substring(open + 1, text.length() - 1).strip();
        int at = bare.lastIndexOf('@');
        if (at < 1 || at == bare.length() - 1) {
            throw SesFailure.invalidParameter("Missing final '@domain'");
        }
        if (!isPrintableAscii(bare.substring(0, at))) {
            throw SesFailure.invalidParameter("Local address contains control or whitespace");
        }
        if (!DOT_ATOM.matcher(bare.substring(0, at)).matches()) {
            throw SesFailure.invalidParameter("Local address contains illegal characters");
        }
        String domain = bare.substring(at + 1);
        if (!isPrintableAscii(domain)) {
            throw SesFailure.invalidParameter("Domain contains control or whitespace");
        }
        if (domain.startsWith(".") || domain.endsWith(".") || domain.contains("..")) {
            throw SesFailure.invalidParameter("Domain contains an empty label");
        }
        if (!domain.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '.')) {
            throw SesFailure.invalidParameter("Domain contains illegal character");
        }
        return bare;
    }

    static String domain(String address) {
        String bare = bare(address);
        return bare.substring(bare.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    private static void add(StringBuilder address, List<String> addresses) {
        if (!address.toString().isBlank()) {
            addresses.add(address.toString().strip());
        }
        address.setLength(0);
    }

    private static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
