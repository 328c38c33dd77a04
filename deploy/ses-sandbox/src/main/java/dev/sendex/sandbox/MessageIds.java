package dev.sendex.sandbox;

import java.time.Instant;
import java.util.UUID;

/// Ids in the form that SES gives to messages and feedback.
final class MessageIds {

    private MessageIds() {}

    static String next(Instant time) {
        return "0102%012x-%s-000000".formatted(time.toEpochMilli(), UUID.randomUUID());
    }
}
