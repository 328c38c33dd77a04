package dev.sendex.key.accounts;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sendex.common.permission.Permission;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What a member of an account may do.
public enum Role {
    OWNER("owner"),
    ADMIN("admin"),
    DEVELOPER("developer"),
    VIEWER("viewer");

    private final String value;

    Role(String value) {
        this.value = value;
    }

    @JsonValue
    String value() {
        return value;
    }

    public Set<Permission> permissions() {
        return Arrays.stream(Permission.values())
                .filter(this::holds)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean holds(Permission permission) {
        return switch (this) {
            case OWNER, ADMIN -> true;
            case DEVELOPER -> permission != Permission.ACCOUNT_WRITE;
            case VIEWER -> permission.value().endsWith(":read");
        };
    }

    /// The role that a row holds.
    public static Role of(String value) {
        return Arrays.stream(values())
                .filter(role -> role.value.equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no role " + value));
    }
}
