package dev.sendex.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The result of an email at each recipient, as in Amazon's mailbox simulator. All other addresses
/// receive it.
final class MailboxSimulator {

    static final String DOMAIN = "simulator.amazonses.com";

    enum Fate {
        DELIVERED,
        BOUNCED,
        OUT_OF_OFFICE,
        COMPLAINED,
        SUPPRESSED
    }

    private MailboxSimulator() {}

    static boolean isSimulated(String address) {
        return Addresses.domain(address).equals(DOMAIN);
    }

    static Fate fate(String address) {
        if (!isSimulated(address)) {
            return Fate.DELIVERED;
        }
        String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        int label = local.indexOf('+');
        return switch (label < 0 ? local : local.substring(0, label)) {
            case "bounce" -> Fate.BOUNCED;
            case "ooto" -> Fate.OUT_OF_OFFICE;
            case "complaint" -> Fate.COMPLAINED;
            case "suppressionlist" -> Fate.SUPPRESSED;
            default -> Fate.DELIVERED;
        };
    }

    /// Groups recipients by domain, in the order in which they were given.
    static Map<String, List<String>> byDomain(List<String> recipients) {
        Map<String, List<String>> byDomain = new LinkedHashMap<>();
        for (String recipient : recipients) {
            byDomain.computeIfAbsent(Addresses.domain(recipient), _ -> new ArrayList<>())
                    .add(recipient);
        }
        return byDomain;
    }
}
