package dev.sendex.sandbox;

import dev.sendex.sandbox.SandboxMessage.Header;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Accepts emails, or rejects them with SES's errors.
final class Sending {

    private static final int MAX_EMAIL_SIZE = 10 * 1024 * 1024;
    private static final int MAX_RECIPIENTS = 50;
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final Identities identities;
    private final SendingLimits limits;
    private final InstantSource clock;
    private final String region;
    private final BiConsumer<SandboxMessage, List<Header>> accepted;

    /// @param accepted called with each accepted email and the headers that it was submitted with
    Sending(
            Identities identities,
            SendingLimits limits,
            InstantSource clock,
            String region,
            BiConsumer<SandboxMessage, List<Header>> accepted) {
        this.identities = identities;
        this.limits = limits;
        this.clock = clock;
        this.region = region;
        this.accepted = accepted;
    }

    /// `SendRawEmail`; returns the message id.
    String sendRaw(QueryRequest request) {
        byte[] raw = decoded(request.require("RawMessage.Data"));
        if (raw.length > MAX_EMAIL_SIZE) {
            throw SesFailure.invalidParameter(
                    "Message length is more than %d bytes long: '%d'."
                            .formatted(MAX_EMAIL_SIZE, raw.length));
        }
        return accept(request, RawEmail.parse(raw), request.members("Destinations"));
    }

    /// `SendEmail`; returns the message id.
    String send(QueryRequest request) {
        List<String> recipients = new ArrayList<>();
        for (String kind : List.of("To", "Cc", "Bcc")) {
            recipients.addAll(request.members("Destination." + kind + "Addresses"));
        }
        return accept(request, ComposedEmail.compose(request), recipients);
    }

    private String accept(QueryRequest request, RawEmail email, List<String> destinations) {
        List<String> from = email.all("From");
        if (from.isEmpty()) {
            throw SesFailure.invalidParameter("Missing required header 'From'.");
        }
        UniqueHeaders.check(email.headers());
        String source = request.get("Source");
        List<String> senders = source == null ? from : List.of(from.getFirst(), source);
        Set<String> recipients = recipients(email, destinations);
        requireVerified(senders);
        Map<String, String> tags = tags(request, email);
        limits.take(
                recipients.size(),
                (int) recipients.stream().filter(to -> !MailboxSimulator.isSimulated(to)).count());

        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String id = MessageIds.next(now);
        RawEmail sent = email.sentBySes(id, region, now);
        accepted.accept(
                new SandboxMessage(
                        id,
                        now,
                        Addresses.bare(senders.getLast()),
                        List.copyOf(recipients),
                        sent.headers(),
                        tags,
                        configurationSet(request, email),
                        sent.toString()),
                email.headers());
        return id;
    }

    private static Set<String> recipients(RawEmail email, List<String> destinations) {
        List<String> given = new ArrayList<>(destinations);
        if (given.isEmpty()) {
            for (String header : List.of("To", "Cc", "Bcc")) {
                email.all(header).forEach(value -> given.addAll(Addresses.list(value)));
            }
        }
        Set<String> recipients = new LinkedHashSet<>();
        given.forEach(address -> recipients.add(Addresses.bare(address)));
        if (recipients.isEmpty()) {
            throw SesFailure.invalidParameter("Missing required header 'To'.");
        }
        if (recipients.size() > MAX_RECIPIENTS) {
            throw SesFailure.invalidParameter("Recipient count exceeds 50.");
        }
        return recipients;
    }

    private void requireVerified(List<String> senders) {
        List<String> failed =
                senders.stream()
                        .filter(sender -> !identities.maySendFrom(Addresses.domain(sender)))
                        .distinct()
                        .toList();
        if (!failed.isEmpty()) {
            throw new SesFailure(
                    400,
                    "MessageRejected",
                    "Email address is not verified. The following identities failed the check in region %s: %s"
                            .formatted(region.toUpperCase(Locale.ROOT), String.join(", ", failed)));
        }
    }

    /// The tags of the call or, if it has none, those of the header `X-SES-MESSAGE-TAGS`.
    private static Map<String, String> tags(QueryRequest request, RawEmail email) {
        Map<String, String> tags = new LinkedHashMap<>(request.tags());
        if (tags.isEmpty()) {
            for (String header : email.all("X-SES-MESSAGE-TAGS")) {
                for (String tag : header.split(",", -1)) {
                    int equals = tag.indexOf('=');
                    tags.put(
                            tag.substring(0, Math.max(equals, 0)).strip(),
                            tag.substring(equals + 1).strip());
                }
            }
        }
        tags.forEach(Sending::requireValid);
        return tags;
    }

    private static void requireValid(String name, String value) {
        String rule = "only alphanumeric ASCII characters, '_', and '-' are allowed.";
        if (!TAG.matcher(name).matches()) {
            throw SesFailure.invalidParameter("Invalid tag name <%s>: %s".formatted(name, rule));
        }
        if (!TAG.matcher(value).matches()) {
            throw SesFailure.invalidParameter("Invalid tag value <%s>: %s".formatted(value, rule));
        }
    }

    private static @Nullable String configurationSet(QueryRequest request, RawEmail email) {
        String named = request.get("ConfigurationSetName");
        return named != null ? named : email.first("X-SES-CONFIGURATION-SET");
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new SesFailure(400, "SerializationException", "RawMessage.Data is not Base64.");
        }
    }
}
