package dev.sendex.common.ses;

/// A header of an email, as it was sent.
public record SesHeader(String name, String value) {}
