package dev.sendex.send.ses;

/// What became of handing an email to SES. Reasons are SES's own words: for the database, not for
/// logs, since they may name addresses.
public sealed interface SendOutcome {

    /// SES has the email and will not lose it.
    record Accepted(String messageId) implements SendOutcome {}

    /// SES takes no more just now.
    ///
    /// @param dailyQuota if the daily quota is used up, not the rate
    record Throttled(boolean dailyQuota) implements SendOutcome {}

    /// SES will never take this email.
    record Rejected(String reason) implements SendOutcome {}

    /// SES did not take the email, and might later.
    record Unavailable(String reason) implements SendOutcome {}

    /// The request went out and no answer came back: SES may or may not have the email.
    record Unknown(String reason) implements SendOutcome {}
}
