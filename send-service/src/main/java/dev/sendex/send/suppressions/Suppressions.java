package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.INVALID_PARAMETER;

import dev.sendex.common.address.AddrSpec.MalformedAddress;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.send.message.EmailAddress;
import dev.sendex.send.suppressions.SuppressionStore.Ref;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Use cases of suppressions. A suppression is identified by its id or its address.
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
        return suppressions.require(accountId, ref(idOrAddress));
    }

    Uni<Deleted> remove(UUID accountId, String idOrAddress) {
        return suppressions
                .remove(accountId, ref(idOrAddress))
                .map(id -> new Deleted("suppression", id));
    }

    private static Ref ref(String idOrAddress) {
        try {
            return idOrAddress.contains("@")
                    ? new Ref(null, EmailAddress.parse(idOrAddress).mailbox())
                    : new Ref(UUID.fromString(idOrAddress), null);
        } catch (MalformedAddress | IllegalArgumentException neither) {
            throw SuppressionStore.unknown();
        }
    }
}
