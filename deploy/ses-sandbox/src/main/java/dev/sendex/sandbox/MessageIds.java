package dev.sendex.sandbox;

import java.time.Instant;
import java.util.UUID;

/// Ids of messages and feedback, in SES's format.
final class MessageIds {

    private MessageIds() {}

    static String next(Instant time) {
        return "0102%012x-%s-000000".formatted(time.toEpochMilli(), UUID.randomUUID());
    }
}
