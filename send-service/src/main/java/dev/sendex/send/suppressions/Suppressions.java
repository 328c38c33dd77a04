package dev.sendex.send.suppressions;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// What accounts do with their suppressed addresses: look at them, and let one go.
@ApplicationScoped
class Suppressions {

    private final SuppressionRepository suppressions;

    Suppressions(SuppressionRepository suppressions) {
        this.suppressions = suppressions;
    }

    Uni<ListOf<SuppressionView>> list(UUID accountId, Page page) {
        return suppressions
                .page(accountId, page)
                .map(rows -> page.slice(rows, SuppressionView::of));
    }

    Uni<SuppressionReceipt> remove(UUID accountId, String id) {
        SuppressionKey key = key(accountId, id);
        return suppressions.remove(key).map(removed -> receipt(removed, key));
    }

    private static SuppressionReceipt receipt(boolean removed, SuppressionKey key) {
        if (!removed) {
            throw unknown();
        }
        return new SuppressionReceipt("suppression", key.id(), true);
    }

    private static SuppressionKey key(UUID accountId, String id) {
        try {
            return new SuppressionKey(accountId, UUID.fromString(id));
        } catch (IllegalArgumentException noId) {
            throw unknown();
        }
    }

    private static ProblemException unknown() {
        return NOT_FOUND.because("There is no suppression with this id.");
    }
}
