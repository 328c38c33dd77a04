package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.suppressions.SuppressionStore.Name;
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

    private final SuppressionStore suppressions;

    Suppressions(SuppressionStore suppressions) {
        this.suppressions = suppressions;
    }

    Uni<ListOf<SuppressionView>> list(UUID accountId, @Nullable String origin, Page page) {
        if (origin != null && !ORIGINS.contains(origin)) {
            throw INVALID_PARAMETER.on("origin", "must be `bounce`, `complaint` or `manual`");
        }
        return suppressions.list(accountId, origin, page);
    }

    Uni<SuppressionView> require(UUID accountId, String idOrAddress) {
        return suppressions.require(accountId, name(idOrAddress));
    }

    Uni<Deleted> remove(UUID accountId, String idOrAddress) {
        return suppressions
                .remove(accountId, name(idOrAddress))
                .map(id -> new Deleted("suppression", id));
    }

    private static Name name(String idOrAddress) {
        try {
            return idOrAddress.contains("@")
                    ? new Name(null, EmailAddress.parse(idOrAddress).mailbox())
                    : new Name(UUID.fromString(idOrAddress), null);
        } catch (MalformedAddress | IllegalArgumentException neither) {
            throw SuppressionStore.unknown();
        }
    }
}
