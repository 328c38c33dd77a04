package dev.sendex.send;

import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.fixture.IntrospectionAuthority;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// An account with a key, registered with the introspection authority.
///
/// @param key a live key with all permissions
public record TestAccount(UUID id, String domain, String key, IntrospectionAuthority authority) {

    private static final SecureRandom RANDOM = new SecureRandom();

    public static TestAccount create(IntrospectionAuthority authority) {
        UUID id = UUID.randomUUID();
        String domain = "d" + id.toString().substring(0, 8) + ".example";
        String key = issue(authority, id, Environment.LIVE, Permission.all(), List.of());
        return new TestAccount(id, domain, key, authority);
    }

    public String keyWith(Permission... permissions) {
        return issue(authority, id, Environment.LIVE, Set.of(permissions), List.of());
    }

    public String keyFor(String... allowedDomains) {
        return issue(authority, id, Environment.LIVE, Permission.all(), List.of(allowedDomains));
    }

    /// A key with all permissions and these additional introspection members.
    public String keyRestrictedBy(Map<String, ?> members) {
        return issue(authority, id, Environment.LIVE, Permission.all(), List.of(), members);
    }

    public String testKey() {
        return issue(authority, id, Environment.TEST, Permission.all(), List.of());
    }

    /// A small email from the account's domain.
    public Map<String, Object> email(String to) {
        Map<String, Object> email = new HashMap<>();
        email.put("from", "Acme <hello@" + domain + ">");
        email.put("to", to);
        email.put("subject", "Your order is confirmed");
        email.put("html", "<h1>Thanks for your order!</h1>");
        return email;
    }

    private static String issue(
            IntrospectionAuthority authority,
            UUID accountId,
            Environment environment,
            Set<Permission> permissions,
            List<String> allowedDomains) {
        return issue(authority, accountId, environment, permissions, allowedDomains, Map.of());
    }

    private static String issue(
            IntrospectionAuthority authority,
            UUID accountId,
            Environment environment,
            Set<Permission> permissions,
            List<String> allowedDomains,
            Map<String, ?> bounds) {
        UUID keyId = UUID.randomUUID();
        String token = ApiKeyToken.generate(environment, keyId, RANDOM).value();
        Map<String, Object> grant = new HashMap<>();
        grant.put("client_id", keyId.toString());
        grant.put("sub", accountId.toString());
        grant.put("scope", Permission.scope(permissions));
        grant.put("iat", Instant.now().getEpochSecond() - 60);
        grant.put("exp", Instant.now().getEpochSecond() + 3600);
        grant.put("sendex_environment", environment.value());
        grant.put("sendex_type", "scoped");
        grant.put("sendex_allowed_domains", allowedDomains);
        grant.put("sendex_allowed_ips", List.of());
        grant.put("sendex_allowed_endpoints", List.of());
        grant.put("sendex_version", 1);
        grant.putAll(bounds);
        authority.grant(token, grant);
        return token;
    }
}
