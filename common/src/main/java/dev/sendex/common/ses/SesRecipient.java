package dev.sendex.common.ses;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A recipient whom a bounce, a complaint or a delay concerns. All but the address come from the
/// receiving server and are often missing.
///
/// @param status the enhanced status code, such as `5.1.1`
public record SesRecipient(
        String emailAddress,
        @Nullable String action,
        @Nullable String status,
        @Nullable String diagnosticCode) {

    static List<String> addresses(List<SesRecipient> recipients) {
        return recipients.stream().map(SesRecipient::emailAddress).toList();
    }
}
