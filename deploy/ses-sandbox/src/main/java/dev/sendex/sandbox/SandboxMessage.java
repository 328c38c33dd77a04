package dev.sendex.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An email that the sandbox has accepted.
///
/// @param id the message id in the response to the sender
/// @param from the envelope sender
/// @param to every recipient of the envelope
/// @param headers as the recipient gets them: with SES's `Message-ID` and `Date`, without `X-SES-*`
/// @param raw the email as the recipient gets it, one character for each byte where it is not UTF-8
public record SandboxMessage(
        String id,
        Instant time,
        String from,
        List<String> to,
        List<Header> headers,
        Map<String, String> tags,
        @Nullable String configurationSet,
        String raw) {

    /// A header field, unfolded but not decoded.
    public record Header(String name, String value) {}

    public SandboxMessage {
        to = List.copyOf(to);
        headers = List.copyOf(headers);
        tags = Map.copyOf(tags);
    }

    /// The decoded value of the first header of this name; null if there is none.
    public @Nullable String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(header -> EncodedWords.decode(header.value()))
                .findFirst()
                .orElse(null);
    }
}
