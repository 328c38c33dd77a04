package dev.sendex.send.events;

/// An address to suppress.
///
/// @param address in lower case
/// @param reason `bounce` or `complaint`
record Suppression(EmailRef email, String address, String reason) {}
