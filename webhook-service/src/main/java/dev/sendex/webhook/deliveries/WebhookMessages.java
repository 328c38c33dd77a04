package dev.sendex.webhook.deliveries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.common.event.DomainEvent;
import dev.sendex.common.kafka.batch.BatchConsumer.Decoded;
import dev.sendex.common.ses.SesEvent;
import dev.sendex.common.ses.SesEvent.WebhookType;
import dev.sendex.common.ses.SesEventNormaliser;
import dev.sendex.common.ses.SesEventNormaliser.Normalised;
import dev.sendex.common.ses.SesEventNormaliser.Rejected;
import dev.sendex.common.ses.SesMail;
import dev.sendex.common.ses.SesMail.SesHeader;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Builds webhooks from events, with the same member names as in Resend's webhooks.
@ApplicationScoped
class WebhookMessages {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// Headers that Sendex or SES adds to every email, as opposed to the sender's custom headers.
    private static final Set<String> STANDARD_HEADERS =
            Set.of(
                    "from",
                    "sender",
                    "reply-to",
                    "to",
                    "cc",
                    "bcc",
                    "subject",
                    "date",
                    "message-id",
                    "mime-version",
                    "content-type",
                    "content-transfer-encoding");

    private final ObjectMapper json;
    private final SesEventNormaliser normaliser;
    private final MeterRegistry metrics;

    WebhookMessages(ObjectMapper json, SesEventNormaliser normaliser, MeterRegistry metrics) {
        this.json = json;
        this.normaliser = normaliser;
        this.metrics = metrics;
    }

    /// The webhooks for a record of `ses.events`; none if it concerns an email that Sendex did not
    /// send.
    Decoded<WebhookMessage> ofSes(ConsumerRecord<String, byte[]> record) {
        return switch (normaliser.normalise(record.value())) {
            case Normalised(List<SesEvent> events) ->
                    new Decoded.Valid<>(
                            events.stream()
                                    .<WebhookMessage>mapMulti((event, next) -> {
                                        WebhookMessage message = message(event);
                                        if (message != null) {
                                            next.accept(message);
                                        }
                                    })
                                    .toList());
            case Rejected(String reason) -> new Decoded.Malformed<>(reason);
        };
    }

    /// The webhook for a record of `sendex.events`.
    Decoded<WebhookMessage> ofDomain(ConsumerRecord<String, byte[]> record) {
        try {
            DomainEvent event = json.readValue(record.value(), DomainEvent.class);
            String body = body(event.type(), event.createdAt(), event.data());
            return new Decoded.Valid<>(
                    List.of(
                            new WebhookMessage(
                                    event.accountId(),
                                    event.id(),
                                    event.type(),
                                    body,
                                    event.createdAt())));
        } catch (IOException | RuntimeException unreadable) {
            return new Decoded.Malformed<>(
                    "not a domain event: " + unreadable.getClass().getName());
        }
    }

    private @Nullable WebhookMessage message(SesEvent event) {
        UUID accountId = event.mail().accountId();
        UUID emailId = event.mail().emailId();
        WebhookType type = event.webhookType();
        if (accountId == null || emailId == null || type == null) {
            metrics.counter("sendex.webhooks.foreign_events").increment();
            return null;
        }
        return new WebhookMessage(
                accountId,
                event.eventId(),
                type.value(),
                body(type.value(), event.timestamp(), data(event, emailId)),
                event.timestamp());
    }

    private ObjectNode data(SesEvent event, UUID emailId) {
        SesMail mail = event.mail();
        ObjectNode data = json.createObjectNode();
        data.put("email_id", emailId.toString());
        data.put("message_id", mail.messageIdHeader());
        data.put("ses_message_id", mail.messageId());
        data.put("created_at", TIME.format(mail.timestamp()));
        data.put("from", mail.from().isEmpty() ? mail.source() : mail.from().getFirst());
        ArrayNode to = data.putArray("to");
        (mail.to().isEmpty() ? mail.destination() : mail.to()).forEach(to::add);
        data.put("subject", mail.subject());
        addHeaders(mail, data);
        ObjectNode tags = data.putObject("tags");
        own(mail.tags()).forEach(tags::put);
        EventDetail.add(event, data, TIME);
        return data;
    }

    /// Adds the sender's custom headers; absent if there are none, as in Resend's webhooks.
    private static void addHeaders(SesMail mail, ObjectNode data) {
        List<SesHeader> own =
                mail.headers().stream().filter(header -> isOwn(header.name())).toList();
        if (!own.isEmpty()) {
            ArrayNode headers = data.putArray("headers");
            own.forEach(header ->
                    headers.addObject().put("name", header.name()).put("value", header.value()));
        }
    }

    private static boolean isOwn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return !STANDARD_HEADERS.contains(name) && !name.startsWith("x-ses-");
    }

    /// The sender's tags, without those that SES and Sendex add.
    private static Map<String, String> own(Map<String, List<String>> tags) {
        Map<String, String> own = new TreeMap<>();
        tags.forEach((name, values) -> {
            if (!name.startsWith("ses:") && !name.startsWith("sendex_")) {
                own.put(name, String.join(",", values));
            }
        });
        return own;
    }

    private String body(String type, Instant at, JsonNode data) {
        ObjectNode body = json.createObjectNode();
        body.put("type", type);
        body.put("created_at", TIME.format(at));
        body.set("data", data);
        try {
            return json.writeValueAsString(body).replace("\\u0000", "");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
