package dev.sendex.webhook.signing;

import dev.sendex.common.crypto.HmacSha256;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// The signature headers of a webhook (Standard Webhooks, symmetric signatures): HMAC-SHA-256 of
/// id, time and body. Each is also sent with Svix's header name, which some libraries expect.
public final class WebhookSignature {

    private WebhookSignature() {}

    /// The headers of one attempt.
    ///
    /// @param id the event's id, the same on every attempt
    /// @param now the time of this attempt; receivers reject old ones
    public static Map<String, String> headers(
            UUID id, Instant now, String body, SigningSecret secret) {
        String timestamp = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        add(headers, "id", id.toString());
        add(headers, "timestamp", timestamp);
        add(headers, "signature", "v1," + sign(id + "." + timestamp + "." + body, secret));
        return headers;
    }

    private static void add(Map<String, String> headers, String name, String value) {
        headers.put("webhook-" + name, value);
        headers.put("svix-" + name, value);
    }

    private static String sign(String content, SigningSecret secret) {
        return Base64.getEncoder().encodeToString(new HmacSha256(secret.bytes()).of(content));
    }
}
