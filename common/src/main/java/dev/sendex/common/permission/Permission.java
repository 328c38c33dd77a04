package dev.sendex.common.permission;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The permissions of callers. The values are the scopes of introspection and the arguments of
/// `@PermissionsAllowed`.
public enum Permission {
    EMAILS_SEND("emails:send", "Send email"),
    EMAILS_READ("emails:read", "Read emails and their events"),
    EMAILS_WRITE("emails:write", "Cancel and reschedule emails"),
    DOMAINS_READ("domains:read", "Read sender domains"),
    DOMAINS_WRITE("domains:write", "Add, verify and remove sender domains"),
    TEMPLATES_READ("templates:read", "Read templates"),
    TEMPLATES_WRITE("templates:write", "Create, change and remove templates"),
    CONTACTS_READ("contacts:read", "Read contacts"),
    CONTACTS_WRITE("contacts:write", "Create, change and remove contacts"),
    SUPPRESSIONS_READ("suppressions:read", "Read suppressed addresses"),
    SUPPRESSIONS_WRITE("suppressions:write", "Add and remove suppressed addresses"),
    WEBHOOKS_READ("webhooks:read", "Read webhook endpoints and deliveries"),
    WEBHOOKS_WRITE("webhooks:write", "Create, change and remove webhook endpoints"),
    STATS_READ("stats:read", "Read statistics"),
    LOGS_READ("logs:read", "Read request logs"),
    API_KEYS_READ("api_keys:read", "Read API keys and their use"),
    API_KEYS_WRITE("api_keys:write", "Create, change and revoke API keys"),
    AUDIT_READ("audit:read", "Read the audit log"),
    ACCOUNT_READ("account:read", "Read the account"),
    ACCOUNT_WRITE("account:write", "Change the account");

    private static final Map<String, Permission> BY_VALUE =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Permission::value, Function.identity()));

    private final String value;
    private final String description;

    Permission(String value, String description) {
        this.value = value;
        this.description = description;
    }

    public String value() {
        return value;
    }

    public String description() {
        return description;
    }

    /// The permission with this value, or null.
    public static @Nullable Permission find(String value) {
        return BY_VALUE.get(value);
    }

    /// Every permission, which a caller with full access has.
    public static Set<Permission> all() {
        return EnumSet.allOf(Permission.class);
    }

    /// The permissions as one OAuth 2.0 scope string (RFC 6749, section 3.3), in catalogue order.
    public static String scope(Collection<Permission> permissions) {
        return permissions.stream()
                .sorted()
                .map(Permission::value)
                .collect(Collectors.joining(" "));
    }

    /// The permissions in a scope string. Unknown names are ignored.
    public static Set<Permission> ofScope(String scope) {
        return ofValues(List.of(scope.split(" ", -1)));
    }

    /// The permissions with these values. Unknown names are ignored.
    public static Set<Permission> ofValues(Collection<String> values) {
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String value : values) {
            Permission permission = find(value);
            if (permission != null) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
