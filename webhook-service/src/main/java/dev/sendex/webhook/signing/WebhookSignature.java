package dev.sendex.webhook.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The headers that prove a webhook (Standard Webhooks, symmetric signatures): HMAC-SHA-256 over
/// id, time and body. Each is sent under Svix's name too, which is where some libraries look.
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /// The headers of one attempt.
    ///
    /// @param id that of the event, the same on every attempt
    /// @param now when this attempt is made; receivers refuse old ones
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
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
