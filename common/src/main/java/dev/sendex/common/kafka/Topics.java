package dev.sendex.common.kafka;

/// The Kafka topics where the services meet.
public final class Topics {

    /// SES events, keyed by SES message id, in any of the envelopes they arrive in.
    public static final String SES_EVENTS = "ses.events";

    /// [dev.sendex.common.event.KeyChange]s, keyed by key id; compacted.
    public static final String KEYS = "sendex.keys";

    /// [dev.sendex.common.event.DomainEvent]s, keyed by account id.
    public static final String EVENTS = "sendex.events";

    /// Counts of the requests that were made with a key, keyed by key id.
    public static final String USAGE = "sendex.usage";

    /// [dev.sendex.common.audit.AuditRecord]s, keyed by account id.
    public static final String AUDIT = "sendex.audit";

    private Topics() {}

    /// The topic of those records of a topic that were set aside, with headers that say why.
    public static String deadLetters(String topic) {
        return topic + ".dlq";
    }
}
