package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.send.message.EmailAddress;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What accounts do with their suppressed addresses: look at them, and let one go. One is found by
/// its id and by its address.
@ApplicationScoped
class Suppressions {

    private static final Set<String> ORIGINS = Set.of("bounce", "complaint", "manual");

    private final SuppressionRepository suppressions;

    Suppressions(SuppressionRepository suppressions) {
        this.suppressions = suppressions;
    }

    Uni<ListOf<SuppressionView>> list(UUID accountId, @Nullable String origin, Page page) {
        if (origin != null && !ORIGINS.contains(origin)) {
            throw INVALID_PARAMETER.on("origin", "must be `bounce`, `complaint` or `manual`");
        }
        return suppressions
                .page(accountId, origin == null ? ORIGINS : Set.of(origin), page)
                .map(rows -> page.slice(rows, SuppressionView::of));
    }

    Uni<SuppressionView> require(UUID accountId, String idOrAddress) {
        return row(accountId, idOrAddress).map(SuppressionView::of);
    }

    Uni<SuppressionReceipt> remove(UUID accountId, String idOrAddress) {
        return row(accountId, idOrAddress)
                .map(row -> new SuppressionKey(row.accountId, row.id))
                .chain(key -> suppressions.remove(key).map(removed -> receipt(removed, key)));
    }

    private Uni<Suppression> row(UUID accountId, String idOrAddress) {
        return idOrAddress.contains("@")
                ? suppressions.requireAddress(accountId, mailbox(idOrAddress))
                : suppressions.require(key(accountId, idOrAddress));
    }

    private static SuppressionReceipt receipt(boolean removed, SuppressionKey key) {
        if (!removed) {
            throw SuppressionRepository.unknown();
        }
        return new SuppressionReceipt("suppression", key.id(), true);
    }

    private static String mailbox(String address) {
        try {
            return EmailAddress.parse(address).mailbox();
        } catch (MalformedAddress none) {
            throw SuppressionRepository.unknown();
        }
    }

    private static SuppressionKey key(UUID accountId, String id) {
        try {
            return new SuppressionKey(accountId, UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            throw SuppressionRepository.unknown();
        }
    }
}
