package dev.sendex.sandbox;

import dev.sendex.sandbox.SandboxMessage.Header;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The headers that SES accepts only once, by its documentation. Their case makes no difference.
final class UniqueHeaders {

    private static final Set<String> NAMES =
            Set.of(
                    "accept-language",
                    "acceptlanguage",
                    "archived-at",
                    "auto-submitted",
                    "bounces-to",
                    "comments",
                    "content-alternative",
                    "content-base",
                    "content-class",
                    "content-description",
                    "content-disposition",
                    "content-duration",
                    "content-id",
                    "content-language",
                    "content-length",
                    "content-location",
                    "content-md5",
                    "content-transfer-encoding",
                    "content-type",
                    "date",
                    "delivered-to",
                    "disposition-notification-options",
                    "disposition-notification-to",
                    "dkim-signature",
                    "domainkey-signature",
                    "errors-to",
                    "from",
                    "importance",
                    "in-reply-to",
                    "keywords",
                    "list-archive",
                    "list-help",
                    "list-id",
                    "list-owner",
                    "list-post",
                    "list-subscribe",
                    "list-unsubscribe",
                    "list-unsubscribe-post",
                    "message-context",
                    "message-id",
                    "mime-version",
                    "organization",
                    "original-from",
                    "original-message-id",
                    "original-recipient",
                    "original-subject",
                    "precedence",
                    "priority",
                    "references",
                    "reply-to",
                    "return-path",
                    "return-receipt-to",
                    "sender",
                    "sensitivity",
                    "solicitation",
                    "subject",
                    "thread-index",
                    "thread-topic",
                    "user-agent",
                    "vbr-info");

    private UniqueHeaders() {}

    static void check(List<Header> headers) {
        Set<String> found = new HashSet<>();
        for (Header header : headers) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (NAMES.contains(name) && !found.add(name)) {
                throw SesFailure.invalidParameter(
                        "Duplicate header '%s'.".formatted(header.name()));
            }
        }
    }
}
