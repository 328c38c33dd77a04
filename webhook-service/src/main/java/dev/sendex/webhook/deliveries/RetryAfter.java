package dev.sendex.webhook.deliveries;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `Retry-After` in seconds (RFC 9110, section 10.2.3). The form with a date is ignored: it
/// would trust a stranger's clock.
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    static @Nullable Duration of(@Nullable String header) {
        return header == null || !SECONDS.matcher(header).matches()
                ? null
                : Duration.ofSeconds(Long.parseLong(header));
    }
}
