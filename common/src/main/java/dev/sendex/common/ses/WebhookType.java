package dev.sendex.common.ses;

/// The webhook types of SES events.
public enum WebhookType {
    EMAIL_SENT("email.sent"),
    EMAIL_DELIVERED("email.delivered"),
    EMAIL_DELIVERY_DELAYED("email.delivery_delayed"),
    EMAIL_BOUNCED("email.bounced"),
    EMAIL_SUPPRESSED("email.suppressed"),
    EMAIL_COMPLAINED("email.complained"),
    EMAIL_FAILED("email.failed"),
    EMAIL_OPENED("email.opened"),
    EMAIL_CLICKED("email.clicked");

    private final String value;

    WebhookType(String value) {
        this.value = value;
    }

    /// The name in webhooks, such as `email.delivered`.
    public String value() {
        return value;
    }
}
