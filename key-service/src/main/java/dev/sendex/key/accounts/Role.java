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

/// The role of a member, which determines their permissions.
public enum Role {
    OWNER("owner"),
    ADMIN("admin"),
    DEVELOPER("developer"),
    VIEWER("viewer");

    private static final Map<Role, Set<Permission>> PERMISSIONS =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), Role::granted));

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

    private Set<Permission> granted() {
        return Arrays.stream(Permission.values())
                .filter(this::isGranted)
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isGranted(Permission permission) {
        return switch (this) {
            case OWNER, ADMIN -> true;
            case DEVELOPER -> permission != Permission.ACCOUNT_WRITE;
            case VIEWER -> permission.value().endsWith(":read");
        };
    }

    /// Whether a member with this role may grant that role and change members who have it: roles up
    /// to their own. Only owners govern owners.
    public boolean governs(Role other) {
        return compareTo(other) <= 0;
    }

    /// Whether a member with this role may invite members with that role and reset their passwords.
    public boolean manages(Role other) {
        return isGranted(Permission.ACCOUNT_WRITE) && governs(other);
    }

    /// The role of a stored value.
    public static Role of(String value) {
        return find(value).orElseThrow(() -> new IllegalStateException("no role " + value));
    }

    /// The role of a value in a request.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `validation_error` if it is unknown
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
