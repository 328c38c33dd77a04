package dev.sendex.sandbox;

/// The actions of the SES v1 API that the sandbox supports.
final class SesActions {

    private final Sending sending;
    private final SendingLimits limits;
    private final IdentityActions identities;
    private final SandboxControl control;

    SesActions(
            Sending sending,
            SendingLimits limits,
            IdentityActions identities,
            SandboxControl control) {
        this.sending = sending;
        this.limits = limits;
        this.identities = identities;
        this.control = control;
    }

    static boolean isSend(String action) {
        return action.equals("SendRawEmail") || action.equals("SendEmail");
    }

    /// Returns the content of the result element.
    String perform(QueryRequest request) {
        return switch (request.action()) {
            case "SendRawEmail" -> {
                failIfDue();
                yield Xml.text("MessageId", sending.sendRaw(request));
            }
            case "SendEmail" -> {
                failIfDue();
                yield Xml.text("MessageId", sending.send(request));
            }
            case "GetSendQuota" -> sendQuota();
            case "VerifyDomainIdentity" -> identities.verifyDomainIdentity(request);
            case "VerifyDomainDkim" -> identities.verifyDomainDkim(request);
            case "SetIdentityMailFromDomain" -> identities.setMailFromDomain(request);
            case "GetIdentityVerificationAttributes" -> identities.verificationAttributes(request);
            case "GetIdentityDkimAttributes" -> identities.dkimAttributes(request);
            case "GetIdentityMailFromDomainAttributes" -> identities.mailFromAttributes(request);
            case "DeleteIdentity" -> identities.delete(request);
            default ->
                    throw new SesFailure(
                            400,
                            "InvalidAction",
                            "Could not find operation %s for version 2010-12-01"
                                    .formatted(request.action()));
        };
    }

    private void failIfDue() {
        SesFailure due = control.takeFailure();
        if (due != null) {
            throw due;
        }
    }

    private String sendQuota() {
        return Xml.text("Max24HourSend", String.valueOf(control.max24HourSend()))
                + Xml.text("MaxSendRate", String.valueOf(control.maxSendRate()))
                + Xml.text("SentLast24Hours", String.valueOf((double) limits.sentLast24Hours()));
    }
}
