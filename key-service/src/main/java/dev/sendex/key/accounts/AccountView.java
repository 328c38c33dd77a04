package dev.sendex.key.accounts;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/// An account as its members see it.
///
/// @param object always `account`
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record AccountView(String object, UUID id, String name, Instant createdAt) {

    static AccountView of(Account account) {
        return new AccountView("account", account.id, account.name, account.createdAt);
    }
}
