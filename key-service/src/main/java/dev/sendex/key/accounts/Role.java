package dev.sendex.key.accounts;

import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.sendex.common.permission.Permission;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a member of an account may do.
public enum Role {
    OWNER("owner"),
    ADMIN("admin"),
    DEVELOPER("developer"),
    VIEWER("viewer");

    private static final Map<Role, Set<Permission>> PERMISSIONS =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), Role::held));

    private final String value;

    Role(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }

    public Set<Permission> permissions() {
        return Objects.requireNonNull(PERMISSIONS.get(this));
    }

    private Set<Permission> held() {
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

    /// Whether a member of this role may make others a member of that role, and change those who
    /// are: up to their own, and owners are the owners' business.
    public boolean governs(Role other) {
        return compareTo(other) <= 0;
    }

    /// Whether a member of this role may invite members of that role, and help them to a password.
    public boolean manages(Role other) {
        return holds(Permission.ACCOUNT_WRITE) && governs(other);
    }

    /// The role that a row holds.
    public static Role of(String value) {
        return find(value).orElseThrow(() -> new IllegalStateException("no role " + value));
    }

    /// The role that a request names.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` where there is none
    public static Role require(String value) {
        return find(value)
                .orElseThrow(() ->
                        VALIDATION_ERROR.on(
                                "role", "must be `owner`, `admin`, `developer` or `viewer`"));
    }

    private static Optional<Role> find(String value) {
        return Arrays.stream(values()).filter(role -> role.value.equals(value)).findFirst();
    }
}
