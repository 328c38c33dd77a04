package dev.sendex.common.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Generates the id of an SES event, which SES does not provide: a UUIDv5 of the values that
/// distinguish two events.
///
/// The rule is permanent: ids generated with another rule or namespace would let old duplicates
/// through.
final class EventIdentity {

    private static final UUID NAMESPACE = UUID.fromString("5b1b9e0a-6f0e-4c35-9d0c-3f7a4a1a7f52");

    private EventIdentity() {}

    static UUID of(SesEvent event) {
        StringBuilder name = new StringBuilder();
        for (@Nullable String part : parts(event)) {
            String text = part == null ? "" : part;
            // The length keeps ("ab", "c") and ("a", "bc") apart.
            name.append(text.length()).append(':').append(text);
        }
        return version5(name.toString());
    }

    private static List<@Nullable String> parts(SesEvent event) {
        List<@Nullable String> parts = new ArrayList<>();
        parts.add(event.mail().messageId());
        parts.add(event.type());
        if (event.feedbackId() != null) {
            parts.add(event.feedbackId());
            return parts;
        }
        parts.add(event.timestamp().toString());
        if (event instanceof SesEvent.Click click) {
            parts.add(click.link());
            parts.add(click.ipAddress());
            parts.add(click.userAgent());
        } else if (event instanceof SesEvent.Open open) {
            parts.add(open.ipAddress());
            parts.add(open.userAgent());
        }
        parts.addAll(event.recipients().stream().sorted().toList());
        return parts;
    }

    /// RFC 9562, section 5.5; the JDK makes versions 3 and 4 only.
    private static UUID version5(String name) {
        MessageDigest sha1 = sha1();
        sha1.update(bytes(NAMESPACE));
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(UTF_8)));
        long high = (hash.getLong() & ~0xF000L) | 0x5000L;
        long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
