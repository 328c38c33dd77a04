package dev.sendex.common.kafka;

/// The Kafka topics that services exchange records on.
public final class Topics {

    /// SES events in any of their envelopes, keyed by SES message id.
    public static final String SES_EVENTS = "ses.events";

    /// [dev.sendex.common.event.KeyChange]s, keyed by key id; compacted.
    public static final String KEYS = "sendex.keys";

    /// [dev.sendex.common.event.DomainEvent]s, keyed by account id.
    public static final String EVENTS = "sendex.events";

    /// Counts of requests by key, keyed by key id.
    public static final String USAGE = "sendex.usage";

    /// [dev.sendex.common.audit.AuditRecord]s, keyed by account id.
    public static final String AUDIT = "sendex.audit";

    private Topics() {}

    /// The dead-letter topic of a topic. Headers contain the reason.
    public static String deadLetters(String topic) {
        return topic + ".dlq";
    }
}
