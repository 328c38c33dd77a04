package dev.sendex.webhook;

import static io.restassured.RestAssured.given;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.permission.Permission;
import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.fixture.Contract;
import dev.sendex.fixture.IntrospectionAuthority;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A caller with a key of a new account. Every request and response is checked against the
/// contract.
public record Caller(UUID accountId, String token) {

    private static final Contract CONTRACT = Contract.read();
    private static final SecureRandom RANDOM = new SecureRandom();

    public static Caller with(IntrospectionAuthority authority, Permission... permissions) {
        return restrictedBy(authority, Map.of(), permissions);
    }

    /// A caller whose key has these additional introspection members, which restrict it.
    public static Caller restrictedBy(
            IntrospectionAuthority authority, Map<String, ?> bounds, Permission... permissions) {
        UUID accountId = UUID.randomUUID();
        ApiKeyToken token = ApiKeyToken.generate(Environment.LIVE, UUID.randomUUID(), RANDOM);
        KeyGrant grant =
                new KeyGrant(
                        token.keyId(),
                        accountId,
                        Environment.LIVE,
                        KeyGrant.Type.SCOPED,
                        Set.of(permissions),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Instant.now(),
                        Instant.now().plusSeconds(3_600),
                        1);
        Map<String, Object> members = new HashMap<>(grant.toJson());
        members.putAll(bounds);
        authority.grant(token.value(), members);
        return new Caller(accountId, token.value());
    }

    /// A caller with all permissions for webhooks.
    public static Caller with(IntrospectionAuthority authority) {
        return with(authority, Permission.WEBHOOKS_READ, Permission.WEBHOOKS_WRITE);
    }

    public static RequestSpecification anyone() {
        return given().filter(CONTRACT.check()).contentType(ContentType.JSON);
    }

    public RequestSpecification request() {
        return anyone().header("Authorization", "Bearer " + token);
    }

    public Response create(String url, String... events) {
        return request()
                .body(Map.of("endpoint", url, "events", List.of(events)))
                .post("/v1/webhooks");
    }
}
