package dev.sendex.key.mail;

import java.time.Instant;

/// A mail to a person.
///
/// @param text plain text
/// @param expiresAt when it is no use any more, for example since its link is not
public record Mail(String to, String subject, String text, Instant expiresAt) {

    @Override
    public String toString() {
        return "Mail[hidden]";
    }
}
