package dev.sendex.key.accounts;

import dev.sendex.common.identity.CurrentCaller;
import dev.sendex.key.text.VisibleText;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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

    /// A change of an account.
    record RenameAccount(
            @NotBlank(message = "is required")
                    @Size(max = 100, message = "has at most 100 characters")
                    @Pattern(regexp = VisibleText.PATTERN, message = VisibleText.MESSAGE)
                    String name) {}
}
