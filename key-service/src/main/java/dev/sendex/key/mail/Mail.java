package dev.sendex.key.mail;

import java.time.Instant;

/// An email to a member or invited person.
///
/// @param text plain text
/// @param expiresAt when it is no longer useful, for example because its link expires
public record Mail(String to, String subject, String text, Instant expiresAt) {

    @Override
    public String toString() {
        return "Mail[hidden]";
    }
}
