package dev.sendex.common.ses;

import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Converts the value of a record of `ses.events` into SES events, in any format: bare, in an SNS
/// or EventBridge envelope, as a JSON string, as Kafka Connect's `{schema, payload}`, as Lambda's
/// `Records[]`, as Firehose's lines, or several of these nested.
///
/// A record is accepted completely or not at all: one invalid event rejects the whole record, so
/// that the corrected dead letter can be produced again; its valid events keep their
/// [SesEvent#eventId()].
@Singleton
public final class SesEventNormaliser {

    private static final int MAX_VALUE_SIZE = 10 * 1024 * 1024;

    /// The result of a record.
    public sealed interface Result {}

    /// The events in a record; empty for test messages of SES and SNS.
    public record Normalised(List<SesEvent> events) implements Result {
        public Normalised {
            events = List.copyOf(events);
        }
    }

    /// The record is not valid. The reason contains the path and the error, and never quotes the
    /// record.
    public record Rejected(String reason) implements Result {}

    public Result normalise(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Rejected("value: must not be empty");
        }
        if (value.length > MAX_VALUE_SIZE) {
            return new Rejected("value: larger than %d bytes".formatted(MAX_VALUE_SIZE));
        }
        try {
            return new Normalised(EnvelopeReader.events(value));
        } catch (MalformedEvent e) {
            return new Rejected(e.reason());
        }
    }
}
