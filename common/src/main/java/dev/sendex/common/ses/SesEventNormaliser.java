package dev.sendex.common.ses;

import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the value of a record of `ses.events` into SES events, whatever way it came: bare, in an
/// SNS or EventBridge envelope, as a JSON string, as Kafka Connect's `{schema, payload}`, as
/// Lambda's `Records[]`, as Firehose's lines, or several of these inside each other.
///
/// A record is understood as a whole or not at all: one bad event among many rejects them all, so
/// that the dead letter, once mended, can be produced again as it is; the good ones keep their
/// [SesEvent#eventId()].
@Singleton
public final class SesEventNormaliser {

    private static final int MAX_VALUE_SIZE = 10 * 1024 * 1024;

    /// What became of a record.
    public sealed interface Outcome {}

    /// The events in a record; none if SES or SNS only announced themselves.
    public record Understood(List<SesEvent> events) implements Outcome {
        public Understood {
            events = List.copyOf(events);
        }
    }

    /// The record cannot be understood. The reason names the place and what is wrong there; it
    /// quotes nothing of the record.
    public record Rejected(String reason) implements Outcome {}

    public Outcome normalise(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            return new Rejected("value: must not be empty");
        }
        if (value.length > MAX_VALUE_SIZE) {
            return new Rejected("value: larger than %d bytes".formatted(MAX_VALUE_SIZE));
        }
        try {
            return new Understood(Unwrapping.events(value));
        } catch (NotAnEvent e) {
            return new Rejected(e.reason());
        }
    }
}
