package dev.sendex.common.introspection;

import dev.sendex.common.introspection.KeyGrant.RateLimit;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Converts grants to and from the JSON members of RFC 7662. Parsing is strict: a missing or
/// misspelt restriction must not be read as "no restriction".
final class GrantMembers {

    private static final String ISSUER = "sendex";
    private static final String SHARED_WITH = "shared_with";

    private GrantMembers() {}

    static Map<String, Object> write(KeyGrant grant) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("scope", Permission.scope(grant.permissions()));
        members.put("client_id", grant.keyId().toString());
        members.put("sub", grant.accountId().toString());
        members.put("username", grant.accountId().toString());
        members.put("token_type", "Bearer");
        members.put("iss", ISSUER);
        members.put("iat", grant.issuedAt().getEpochSecond());
        members.put("nbf", grant.issuedAt().getEpochSecond());
        if (grant.expiresAt() != null) {
            members.put("exp", grant.expiresAt().getEpochSecond());
        }
        members.put("jti", grant.keyId().toString());
        members.put("sendex_environment", grant.environment().value());
        members.put("sendex_type", grant.type().value());
        members.put("sendex_allowed_domains", grant.allowedDomains());
        members.put("sendex_allowed_ips", grant.allowedIps().stream().map(Cidr::toString).toList());
        members.put(
                "sendex_allowed_endpoints",
                grant.allowedEndpoints().stream().map(EndpointPattern::text).toList());
        if (grant.rateLimit() != null) {
            members.put("sendex_rate_limit", write(grant.rateLimit()));
        }
        if (grant.sendingLimit() != null) {
            members.put("sendex_sending_limit", write(grant.sendingLimit()));
        }
        members.put("sendex_version", grant.version());
        return members;
    }

    private static Map<String, Object> write(RateLimit limit) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("limit", limit.limit());
        members.put("window_seconds", limit.window().toSeconds());
        putUnlessNull(members, SHARED_WITH, text(limit.sharedWith()));
        return members;
    }

    private static Map<String, Object> write(SendingLimit limit) {
        Map<String, Object> members = new LinkedHashMap<>();
        putUnlessNull(members, "total", limit.total());
        putUnlessNull(members, "per_day", limit.perDay());
        putUnlessNull(members, "per_month", limit.perMonth());
        putUnlessNull(members, SHARED_WITH, text(limit.sharedWith()));
        return members;
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private static void putUnlessNull(
            Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    static KeyGrant read(Map<String, ?> members) {
        if (!Boolean.TRUE.equals(members.get("active"))) {
            throw malformed("active");
        }
        return new KeyGrant(
                id(members, "client_id"),
                id(members, "sub"),
                environment(text(members, "sendex_environment")),
                type(text(members, "sendex_type")),
                Permission.ofScope(text(members, "scope")),
                texts(members, "sendex_allowed_domains"),
                texts(members, "sendex_allowed_ips").stream().map(Cidr::of).toList(),
                texts(members, "sendex_allowed_endpoints").stream()
                        .map(GrantMembers::endpoint)
                        .toList(),
                rateLimit(members),
                sendingLimit(members),
                Instant.ofEpochSecond(number(members, "iat")),
                expiry(members),
                number(members, "sendex_version"));
    }

    private static EndpointPattern endpoint(String text) {
        EndpointPattern endpoint = EndpointPattern.parse(text);
        if (endpoint == null) {
            throw malformed("sendex_allowed_endpoints");
        }
        return endpoint;
    }

    private static Environment environment(String value) {
        Environment environment = Environment.find(value);
        if (environment == null) {
            throw malformed("sendex_environment");
        }
        return environment;
    }

    private static KeyGrant.Type type(String value) {
        return Arrays.stream(KeyGrant.Type.values())
                .filter(type -> type.value().equals(value))
                .findAny()
                .orElseThrow(() -> malformed("sendex_type"));
    }

    private static @Nullable Instant expiry(Map<String, ?> members) {
        Long seconds = findNumber(members, "exp");
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable RateLimit rateLimit(Map<String, ?> members) {
        Map<String, ?> limit = findObject(members, "sendex_rate_limit");
        return limit == null
                ? null
                : new RateLimit(
                        number(limit, "limit"),
                        Duration.ofSeconds(number(limit, "window_seconds")),
                        findId(limit, SHARED_WITH));
    }

    private static @Nullable SendingLimit sendingLimit(Map<String, ?> members) {
        Map<String, ?> limit = findObject(members, "sendex_sending_limit");
        return limit == null
                ? null
                : new SendingLimit(
                        findNumber(limit, "total"),
                        findNumber(limit, "per_day"),
                        findNumber(limit, "per_month"),
                        findId(limit, SHARED_WITH));
    }

    private static @Nullable UUID findId(Map<String, ?> members, String name) {
        return members.get(name) == null ? null : id(members, name);
    }

    private static UUID id(Map<String, ?> members, String name) {
        String text = text(members, name);
        UUID id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw malformed(name);
        }
        return id;
    }

    private static String text(Map<String, ?> members, String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw malformed(name);
    }

    private static List<String> texts(Map<String, ?> members, String name) {
        if (members.get(name) instanceof List<?> list
                && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw malformed(name);
    }

    private static long number(Map<String, ?> members, String name) {
        Long number = findNumber(members, name);
        if (number == null) {
            throw malformed(name);
        }
        return number;
    }

    private static @Nullable Long findNumber(Map<String, ?> members, String name) {
        return switch (members.get(name)) {
            case null -> null;
            case Integer number -> number.longValue();
            case Long number -> number;
            default -> throw malformed(name);
        };
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    private static @Nullable Map<String, ?> findObject(Map<String, ?> members, String name) {
        return switch (members.get(name)) {
            case null -> null;
            case Map<?, ?> object -> (Map<String, ?>) object;
            default -> throw malformed(name);
        };
    }

    private static IllegalArgumentException malformed(String name) {
        return new IllegalArgumentException("member `%s` is missing or malformed".formatted(name));
    }
}
