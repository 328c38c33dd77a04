package dev.sendex.common.ses;

import dev.sendex.common.ses.SesEvent.Click;
import dev.sendex.common.ses.SesEvent.Open;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Finds the recipients of an email that an event is about.
final class AffectedRecipients {

    private AffectedRecipients() {}

    /// A bounce names the address that the receiving server reported, which differs from the
    /// recipient if the mailbox forwards its email. If the email has one recipient only, it is
    /// clear that the bounce is about that one.
    static List<String> of(SesEvent event) {
        Map<String, String> all = byMailbox(event.mail().destination());
        if (event instanceof Open || event instanceof Click) {
            return all.size() == 1 ? List.copyOf(all.values()) : List.of();
        }
        Map<String, String> named = byMailbox(event.recipients());
        if (all.size() == 1 && !named.keySet().equals(all.keySet())) {
            return List.copyOf(all.values());
        }
        named.replaceAll(all::getOrDefault);
        return List.copyOf(named.values());
    }

    /// The addresses without display names, by their lower case.
    private static Map<String, String> byMailbox(List<String> recipients) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String recipient : recipients) {
            String address = address(recipient);
            addresses.putIfAbsent(address.toLowerCase(Locale.ROOT), address);
        }
        return addresses;
    }

    /// SES repeats an address as the email has it, which may include a display name.
    private static String address(String recipient) {
        int open = recipient.lastIndexOf('<');
        int close = recipient.lastIndexOf('>');
        return open >= 0 && close > open ? recipient.substring(open + 1, close) : recipient.strip();
    }
}
