package dev.sendex.bench;

import dev.sendex.bench.EmailTable.SentEmail;
import dev.sendex.bench.SesEventsTopic.Consumption;
import dev.sendex.bench.SesEventsTopic.Event;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Measures how fast send-service projects SES events onto emails, from a topic that is full of
/// them. The events are those of the SES sandbox, of emails that were sent while it published none.
final class EventsMeasure {

    private static final int MAX_EMAILS = 10_000;
    private static final String GROUP = "send-service";

    private final StackClient stack;
    private final EmailTable emails;
    private final SesEventsTopic topic;

    EventsMeasure(StackClient stack, EmailTable emails, SesEventsTopic topic) {
        this.stack = stack;
        this.emails = emails;
        this.topic = topic;
    }

    /// @param delivered an email whose events are copied for the others
    void run(Report report, UUID account, SentEmail delivered)
            throws IOException, InterruptedException {
        List<SentEmail> sent = emails.withStatus(account, "sent", MAX_EMAILS);
        List<Event> templates = topic.events(delivered.messageId());
        List<Event> events =
                sent.stream().flatMap(email -> copies(templates, delivered, email)).toList();
        Consumption consumption = consume(events);
        long recorded = emails.countEvents(account, sent);
        if (recorded != events.size()) {
            throw new IOException("%d of %d events".formatted(recorded, events.size()));
        }
        report.add(
                "SES events projected, %d events of %d emails"
                        .formatted(events.size(), sent.size()),
                consumption.perSecond(),
                "/s");
    }

    private static Stream<Event> copies(
            List<Event> templates, SentEmail original, SentEmail email) {
        return templates.stream()
                .map(template ->
                        new Event(
                                email.messageId(),
                                template.value()
                                        .replace(original.messageId(), email.messageId())
                                        .replace(original.id().toString(), email.id().toString())));
    }

    /// webhook-service consumes the same events later.
    private Consumption consume(List<Event> events) throws IOException, InterruptedException {
        try (StoppedProcess _ = stop("webhook-service")) {
            try (StoppedProcess _ = stop(GROUP)) {
                topic.publish(events);
            }
            return topic.awaitConsumed(GROUP);
        }
    }

    private StoppedProcess stop(String service) throws IOException {
        return StoppedProcess.stop(stack.processes(service).getFirst());
    }
}
