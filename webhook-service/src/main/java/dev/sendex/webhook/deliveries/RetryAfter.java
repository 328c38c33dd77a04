package dev.sendex.webhook.deliveries;

import io.netty.handler.codec.DateFormatter;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Parses `Retry-After` (RFC 9110, section 10.2.3), in seconds or as a date. A date is compared
/// with the response's own `Date`, if there is one, so that the endpoint's clock need not be
/// correct.
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int MAX_DATE_LENGTH = 64;

    private RetryAfter() {}

    /// How long the endpoint asks to wait, or null if there is no valid `Retry-After`.
    ///
    /// @param headers the response's headers
    /// @param now the time of the call, for a response without `Date`
    static @Nullable Duration of(MultiMap headers, Instant now) {
        String value = headers.get("Retry-After");
        if (value != null && SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant until = date(value);
        if (until == null) {
            return null;
        }
        Instant theirNow = date(headers.get("Date"));
        Duration wait = Duration.between(theirNow == null ? now : theirNow, until);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static @Nullable Instant date(@Nullable String value) {
        Date date =
                value == null || value.length() > MAX_DATE_LENGTH
                        ? null
                        : DateFormatter.parseHttpDate(value);
        return date == null ? null : date.toInstant();
    }
}
