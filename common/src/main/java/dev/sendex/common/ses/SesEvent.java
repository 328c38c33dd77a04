package dev.sendex.common.ses;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event about an email, published by SES.
public sealed interface SesEvent {

    SesMail mail();

    /// When it happened; if SES gives the event no time, when SES accepted the email.
    default Instant timestamp() {
        return mail().timestamp();
    }

    /// The recipients as SES names them; if it names none, all of the email's.
    default List<String> recipients() {
        return mail().destination();
    }

    /// The addresses of the recipients that this event is about, without display names. Empty for
    /// opens and clicks of an email with several recipients, because SES does not say whose they
    /// are.
    default List<String> affectedRecipients() {
        return AffectedRecipients.of(this);
    }

    /// SES's id of a bounce or complaint; other events have none.
    default @Nullable String feedbackId() {
        return null;
    }

    /// The type as SES names it.
    default String type() {
        return switch (this) {
            case Send _ -> "Send";
            case Delivery _ -> "Delivery";
            case DeliveryDelay _ -> "DeliveryDelay";
            case Bounce _ -> "Bounce";
            case Complaint _ -> "Complaint";
            case Reject _ -> "Reject";
            case RenderingFailure _ -> "Rendering Failure";
            case Open _ -> "Open";
            case Click _ -> "Click";
            case Subscription _ -> "Subscription";
        };
    }

    /// The type of the webhook, or null if there is none: a report that an email is not spam is the
    /// opposite of a complaint, and Sendex manages contacts itself, so a change of an SES contact
    /// list does not concern customers.
    default @Nullable WebhookType webhookType() {
        return switch (this) {
            case Send _ -> WebhookType.EMAIL_SENT;
            case Delivery _ -> WebhookType.EMAIL_DELIVERED;
            case DeliveryDelay _ -> WebhookType.EMAIL_DELIVERY_DELAYED;
            case Bounce bounce when bounce.fromSuppressionList() -> WebhookType.EMAIL_SUPPRESSED;
            case Bounce _ -> WebhookType.EMAIL_BOUNCED;
            case Complaint complaint when complaint.notSpam() -> null;
            case Complaint complaint when complaint.fromSuppressionList() ->
                    WebhookType.EMAIL_SUPPRESSED;
            case Complaint _ -> WebhookType.EMAIL_COMPLAINED;
            case Reject _, RenderingFailure _ -> WebhookType.EMAIL_FAILED;
            case Open _ -> WebhookType.EMAIL_OPENED;
            case Click _ -> WebhookType.EMAIL_CLICKED;
            case Subscription _ -> null;
        };
    }

    /// The addresses that must be suppressed: of permanent bounces and of complaints, unless the
    /// complaint says the opposite.
    default List<String> suppressedRecipients() {
        boolean suppresses =
                switch (this) {
                    case Bounce bounce -> bounce.bounceType() == BounceType.PERMANENT;
                    case Complaint complaint -> !complaint.notSpam();
                    default -> false;
                };
        return suppresses ? affectedRecipients() : List.of();
    }

    /// The same for two deliveries of one event, different for two events.
    default UUID eventId() {
        return EventIdentity.of(this);
    }

    /// SES accepted the email and will try to deliver it.
    record Send(SesMail mail) implements SesEvent {}

    /// The receiving server accepted the email. A bounce may still follow.
    record Delivery(
            SesMail mail,
            Instant timestamp,
            List<String> recipients,
            @Nullable Long processingTimeMillis,
            @Nullable String smtpResponse,
            @Nullable String reportingMta)
            implements SesEvent {
        public Delivery {
            recipients = List.copyOf(recipients);
        }
    }

    /// The receiving server deferred the email; SES retries until the expiration time.
    record DeliveryDelay(
            SesMail mail,
            Instant timestamp,
            String delayType,
            List<SesRecipient> delayedRecipients,
            @Nullable Instant expirationTime,
            @Nullable String reportingMta)
            implements SesEvent {
        public DeliveryDelay {
            delayedRecipients = List.copyOf(delayedRecipients);
        }

        @Override
        public List<String> recipients() {
            return SesRecipient.addresses(delayedRecipients);
        }
    }

    /// How permanent a bounce is. SES does not retry after a transient one either.
    enum BounceType {
        UNDETERMINED("Undetermined"),
        PERMANENT("Permanent"),
        TRANSIENT("Transient");

        private final String value;

        BounceType(String value) {
            this.value = value;
        }

        /// The name as SES writes it.
        public String value() {
            return value;
        }
    }

    /// The email did not reach these recipients, and SES will not try again.
    record Bounce(
            SesMail mail,
            Instant timestamp,
            BounceType bounceType,
            String bounceSubType,
            List<SesRecipient> bouncedRecipients,
            @Nullable String feedbackId,
            @Nullable String reportingMta)
            implements SesEvent {
        public Bounce {
            bouncedRecipients = List.copyOf(bouncedRecipients);
        }

        @Override
        public List<String> recipients() {
            return SesRecipient.addresses(bouncedRecipients);
        }

        /// The recipient's server may accept the next email.
        public boolean isSoft() {
            return bounceType == BounceType.TRANSIENT;
        }

        /// SES refused to try, because the address is on its own or on the account's suppression
        /// list.
        public boolean fromSuppressionList() {
            return bounceSubType.equals("Suppressed")
                    || bounceSubType.equals("OnAccountSuppressionList");
        }
    }

    /// Someone at the recipients' provider called the email unwanted. SES names every recipient
    /// there, since most providers do not say who it was.
    record Complaint(
            SesMail mail,
            Instant timestamp,
            List<SesRecipient> complainedRecipients,
            @Nullable String feedbackId,
            @Nullable String complaintSubType,
            @Nullable String complaintFeedbackType,
            @Nullable String userAgent,
            @Nullable Instant arrivalDate)
            implements SesEvent {
        public Complaint {
            complainedRecipients = List.copyOf(complainedRecipients);
        }

        @Override
        public List<String> recipients() {
            return SesRecipient.addresses(complainedRecipients);
        }

        /// SES refused to try, because the account's suppression list holds a complaint.
        public boolean fromSuppressionList() {
            return "OnAccountSuppressionList".equals(complaintSubType);
        }

        /// The recipient took the email out of the spam folder: the opposite of a complaint.
        public boolean notSpam() {
            return "not-spam".equals(complaintFeedbackType);
        }
    }

    /// SES accepted the email, then found a virus in it.
    record Reject(SesMail mail, String reason) implements SesEvent {}

    /// An SES template could not be filled.
    record RenderingFailure(SesMail mail, @Nullable String templateName, String errorMessage)
            implements SesEvent {}

    /// The email was opened, as far as a tracking pixel can tell.
    ///
    /// @param automated whether SES considers it likely that a machine did it, such as a security
    ///   scanner or a privacy proxy; null if SES did not say
    record Open(
            SesMail mail,
            Instant timestamp,
            @Nullable String ipAddress,
            @Nullable String userAgent,
            @Nullable Boolean automated)
            implements SesEvent {}

    /// A link in the email was followed.
    ///
    /// @param automated as for [Open]
    record Click(
            SesMail mail,
            Instant timestamp,
            @Nullable String ipAddress,
            @Nullable String userAgent,
            String link,
            Map<String, List<String>> linkTags,
            @Nullable Boolean automated)
            implements SesEvent {
        public Click {
            linkTags = Map.copyOf(linkTags);
        }
    }

    /// The recipient changed a subscription of an SES contact list.
    record Subscription(SesMail mail, Instant timestamp, @Nullable String contactList)
            implements SesEvent {}

    /// A recipient whom a bounce, a complaint or a delay concerns. All but the address come from
    /// the receiving server and are often missing.
    ///
    /// @param status the enhanced status code, such as `5.1.1`
    public record SesRecipient(
            String emailAddress,
            @Nullable String action,
            @Nullable String status,
            @Nullable String diagnosticCode) {

        static List<String> addresses(List<SesRecipient> recipients) {
            return recipients.stream().map(SesRecipient::emailAddress).toList();
        }
    }

    /// The webhook types of these events.
    enum WebhookType {
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
}
