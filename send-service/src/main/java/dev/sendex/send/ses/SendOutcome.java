package dev.sendex.send.ses;

/// The outcome of sending an email through SES. Reasons may quote SES and contain addresses, so
/// they are stored but never logged.
public sealed interface SendOutcome {

    /// SES has accepted the email.
    record Accepted(String messageId) implements SendOutcome {}

    /// SES rejected the request because of its rate limit or quota.
    ///
    /// @param dailyQuota whether the daily quota, rather than the rate limit, is used up
    record Throttled(boolean dailyQuota) implements SendOutcome {}

    /// SES permanently rejected the email.
    record Rejected(String reason) implements SendOutcome {}

    /// SES did not accept the email, but may accept it later.
    record Unavailable(String reason) implements SendOutcome {}

    /// The request was sent but not answered; SES may or may not have accepted the email.
    record Unknown(String reason) implements SendOutcome {}
}
