package dev.sendex.key.accounts;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.key.text.VisibleText;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;

/// The caller's own account.
@Path("/v1/account")
class AccountResource {

    private final Accounts accounts;
    private final CurrentCaller caller;

    AccountResource(Accounts accounts, CurrentCaller caller) {
        this.accounts = accounts;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed("account:read")
    public Uni<AccountView> get() {
        return accounts.get(caller.get().accountId());
    }

    @PATCH
    @PermissionsAllowed("account:write")
    public Uni<AccountView> rename(@Valid @NotNull(message = "is required") RenameAccount request) {
        return accounts.rename(caller.get(), VisibleText.canonical(request.name()));
    }
}
