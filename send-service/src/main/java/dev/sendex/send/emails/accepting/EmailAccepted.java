package dev.sendex.send.emails.accepting;

/// Fired after accepted emails are committed and can be sent.
public record EmailAccepted() {}
