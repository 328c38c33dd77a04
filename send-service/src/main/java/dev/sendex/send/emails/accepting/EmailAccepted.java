package dev.sendex.send.emails.accepting;

/// Fired once accepted emails are committed and may be sent.
public record EmailAccepted() {}
