package dev.sendex.common.event;

/// The types of [DomainEvent]s about API keys. The names are part of the public API: webhooks
/// subscribe to them.
public enum KeyEventType {
    CREATED("api_key.created"),
    UPDATED("api_key.updated"),
    ROTATED("api_key.rotated"),
    ROTATION_ENDED("api_key.rotation_ended"),
    REVOKED("api_key.revoked"),
    LEAKED("api_key.leaked"),
    USED_FROM_NEW_NETWORK("api_key.used_from_new_network"),
    REFUSED_OFTEN("api_key.refused_often"),
    UNUSED("api_key.unused"),
    EXPIRING("api_key.expiring");

    private final String value;

    KeyEventType(String value) {
        this.value = value;
    }

    /// The name in events and webhooks, such as `api_key.revoked`.
    public String value() {
        return value;
    }
}
