package dev.sendex.send.emails;

/// Fired once accepted emails are committed and may be sent.
public record EmailAccepted() {}
