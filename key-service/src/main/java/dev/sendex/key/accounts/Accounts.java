package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.Caller;
import dev.sendex.key.audit.AuditLog;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/// Reads and changes accounts.
@ApplicationScoped
class Accounts {

    private final AccountRepository accounts;
    private final AuditLog audit;

    Accounts(AccountRepository accounts, AuditLog audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    @WithSession
    Uni<AccountView> get(UUID id) {
        return require(id).map(AccountView::of);
    }

    @WithTransaction
    Uni<AccountView> rename(Caller caller, String name) {
        return require(caller.accountId())
                .call(account -> rename(account, name, Actor.of(caller)))
                .map(AccountView::of);
    }

    private Uni<Void> rename(Account account, String name, Actor by) {
        String former = account.name;
        account.name = name;
        return audit.record(
                account.id,
                by,
                "account.renamed",
                new Target("account", account.id),
                Map.of("name", former),
                Map.of("name", name));
    }

    private Uni<Account> require(UUID id) {
        return accounts.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> NOT_FOUND.because("There is no such account."));
    }
}
