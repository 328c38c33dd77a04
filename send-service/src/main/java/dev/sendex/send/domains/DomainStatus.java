package dev.sendex.send.domains;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The verification status of a domain, or of one of its records.
enum DomainStatus {
    NOT_STARTED,
    PENDING,
    VERIFIED,
    FAILED,
    TEMPORARY_FAILURE;

    /// As the API and the database write it.
    String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Translates the status that SES reports.
    static DomainStatus ofSes(@Nullable String status) {
        return switch (status) {
            case "Pending" -> PENDING;
            case "Success" -> VERIFIED;
            case "Failed" -> FAILED;
            case "TemporaryFailure" -> TEMPORARY_FAILURE;
            case null, default -> NOT_STARTED;
        };
    }
}
