package dev.sendex.key.keys.spec;

import static dev.sendex.common.problem.Problem.MISSING_REQUIRED_FIELD;
import static dev.sendex.common.problem.Problem.VALIDATION_ERROR;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import dev.sendex.key.text.VisibleText;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Validates requests for keys. Whether the caller may create such a key is decided in
/// [dev.sendex.key.keys].
final class KeyRules {

    private static final int MAX_NAME = 100;

    private KeyRules() {}

    static KeySpec specOf(IssueKey request, Environment environment, Instant now) {
        KeyGrant.Type type = type(request);
        return new KeySpec(
                name(request.name()),
                type,
                environment(request.environment(), environment),
                type == KeyGrant.Type.FULL_ACCESS ? Permission.all() : permissions(request),
                Restrictions.domains(request.allowedDomains()),
                Restrictions.ips(request.allowedIps()),
                Restrictions.endpoints(request.allowedEndpoints()),
                Restrictions.rateLimit(request.rateLimit()),
                Restrictions.sendingLimit(request.sendingLimit()),
                Restrictions.expiry(request.expiresAt(), now));
    }

    private static String name(@Nullable String value) {
        String name = value == null ? "" : VisibleText.canonical(value);
        if (name.isEmpty()) {
            throw MISSING_REQUIRED_FIELD.on("name", "is required");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw VALIDATION_ERROR.on("name", "has at most %d characters".formatted(MAX_NAME));
        }
        if (!VisibleText.isVisible(name)) {
            throw VALIDATION_ERROR.on("name", VisibleText.MESSAGE);
        }
        return name;
    }

    private static KeyGrant.Type type(IssueKey request) {
        refuseCombinedAccess(request);
        if (request.preset() != null) {
            return typeOf(preset("preset", request.preset()));
        }
        if (request.permission() != null) {
            return typeOf(resendPermission(request.permission()));
        }
        return switch (request.type()) {
            case null -> KeyGrant.Type.SCOPED;
            case "scoped" -> KeyGrant.Type.SCOPED;
            case "full_access" -> fullAccess(request);
            default -> throw VALIDATION_ERROR.on("type", "must be `full_access` or `scoped`");
        };
    }

    private static void refuseCombinedAccess(IssueKey request) {
        boolean inFull = request.type() != null || request.permissions() != null;
        boolean byPreset = request.preset() != null;
        boolean byPermission = request.permission() != null;
        if (inFull ? byPreset || byPermission : byPreset && byPermission) {
            throw VALIDATION_ERROR.on(
                    byPreset ? "preset" : "permission",
                    "cannot be combined with other members that set permissions");
        }
    }

    private static KeyGrant.Type fullAccess(IssueKey request) {
        if (request.permissions() != null) {
            throw VALIDATION_ERROR.on(
                    "permissions",
                    "cannot be set on a key with full access; use the type `scoped`");
        }
        return KeyGrant.Type.FULL_ACCESS;
    }

    private static KeyGrant.Type typeOf(Preset preset) {
        return preset == Preset.FULL_ACCESS ? KeyGrant.Type.FULL_ACCESS : KeyGrant.Type.SCOPED;
    }

    private static Preset preset(String field, String value) {
        Preset preset = Preset.find(value);
        if (preset == null) {
            throw VALIDATION_ERROR.on(field, "is not a known preset");
        }
        return preset;
    }

    private static Preset resendPermission(String value) {
        return switch (value) {
            case "full_access" -> Preset.FULL_ACCESS;
            case "sending_access" -> Preset.SENDING_ACCESS;
            default ->
                    throw VALIDATION_ERROR.on(
                            "permission", "must be `full_access` or `sending_access`");
        };
    }

    private static Set<Permission> permissions(IssueKey request) {
        if (request.preset() != null) {
            return preset("preset", request.preset()).permissions();
        }
        if (request.permission() != null) {
            return resendPermission(request.permission()).permissions();
        }
        if (request.type() == null && request.permissions() == null) {
            throw MISSING_REQUIRED_FIELD.on(
                    "permission",
                    "is required: `full_access` or `sending_access`; or name single `permissions`");
        }
        if (request.permissions() == null || request.permissions().isEmpty()) {
            throw MISSING_REQUIRED_FIELD.on(
                    "permissions", "must name at least one permission of the scoped key");
        }
        EnumSet<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String value : request.permissions()) {
            permissions.add(permission(value));
        }
        return permissions;
    }

    private static Permission permission(@Nullable String value) {
        Permission permission = value == null ? null : Permission.find(value);
        if (permission == null) {
            throw VALIDATION_ERROR.on(
                    "permissions", "has `%s`, which is not a known permission".formatted(value));
        }
        return permission;
    }

    /// By default the environment of the key that sends the request.
    private static Environment environment(@Nullable String value, Environment creators) {
        if (value == null) {
            return creators;
        }
        Environment environment = Environment.find(value);
        if (environment == null) {
            throw VALIDATION_ERROR.on("environment", "must be `live` or `test`");
        }
        return environment;
    }
}
