package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Reads and changes accounts.
@ApplicationScoped
class Accounts {

    private final AccountRepository accounts;

    Accounts(AccountRepository accounts) {
        this.accounts = accounts;
    }

    @WithSession
    Uni<AccountView> get(UUID id) {
        return require(id).map(AccountView::of);
    }

    @WithTransaction
    Uni<AccountView> rename(UUID id, String name) {
        return require(id).invoke(account -> account.name = name).map(AccountView::of);
    }

    private Uni<Account> require(UUID id) {
        return accounts.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> NOT_FOUND.because("There is no such account."));
    }
}
