package dev.sendex.send.dispatch;

import dev.sendex.send.message.Email;

/// An email that was accepted and cannot be sent, today or ever.
final class UnsendableEmail extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Email email;
    private final String reason;

    /// @param email without what makes it unsendable
    /// @param reason shown to the account
    UnsendableEmail(Email email, String reason) {
        super("an email that was accepted cannot be sent");
        this.email = email;
        this.reason = reason;
    }

    Email email() {
        return email;
    }

    String reason() {
        return reason;
    }
}
