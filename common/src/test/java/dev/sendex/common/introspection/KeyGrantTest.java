package dev.sendex.common.introspection;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static dev.sendex.common.permission.Permission.CONTACTS_READ;
import static dev.sendex.common.permission.Permission.EMAILS_SEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.common.introspection.KeyGrant.RateLimit;
import dev.sendex.common.introspection.KeyGrant.SendingLimit;
import dev.sendex.common.network.Cidr;
import dev.sendex.common.permission.EndpointPattern;
import dev.sendex.common.token.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyGrantTest {

    private static final UUID KEY = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final UUID ACCOUNT = UUID.fromString("019a0000-0000-7000-8000-000000000002");
    private static final KeyGrant GRANT =
            new KeyGrant(
                    KEY,
                    ACCOUNT,
                    Environment.TEST,
                    KeyGrant.Type.SCOPED,
                    Set.of(EMAILS_SEND, CONTACTS_READ),
                    List.of("example.com", "*.example.org"),
                    List.of(Cidr.of("192.0.2.0/24"), Cidr.of("2001:db8::/32")),
                    List.of(new EndpointPattern("POST /v1/emails")),
                    new RateLimit(10, Duration.ofSeconds(1)),
                    new SendingLimit(1_000L, null, 100L),
                    Instant.parse("2026-01-01T00:00:00.999Z"),
                    Instant.parse("2027-01-01T00:00:00.999Z"),
                    42);

    @Test
    void it_is_serialised_according_to_rfc_7662() {
        assertThat(GRANT.toJson())
                .containsEntry("active", true)
                .containsEntry("scope", "emails:send contacts:read")
                .containsEntry("client_id", KEY.toString())
                .containsEntry("sub", ACCOUNT.toString())
                .containsEntry("username", ACCOUNT.toString())
                .containsEntry("token_type", "Bearer")
                .containsEntry("iss", "sendex")
                .containsEntry("iat", 1_767_225_600L)
                .containsEntry("nbf", 1_767_225_600L)
                .containsEntry("exp", 1_798_761_600L)
                .containsEntry("jti", KEY.toString())
                .containsEntry("sendex_environment", "test")
                .containsEntry("sendex_type", "scoped")
                .containsEntry("sendex_allowed_domains", List.of("example.com", "*.example.org"))
                .containsEntry("sendex_allowed_ips", List.of("192.0.2.0/24", "2001:db8::/32"))
                .containsEntry("sendex_allowed_endpoints", List.of("POST /v1/emails"))
                .containsEntry("sendex_rate_limit", Map.of("limit", 10L, "window_seconds", 1L))
                .containsEntry("sendex_sending_limit", Map.of("total", 1_000L, "per_month", 100L))
                .containsEntry("sendex_version", 42L);
    }

    @Test
    void a_serialised_grant_is_parsed_as_the_same_grant() throws JsonProcessingException {
        KeyGrant minimal = aGrant(aToken());

        assertThat(KeyGrant.of(GRANT.toJson())).isEqualTo(GRANT);
        assertThat(KeyGrant.of(throughJson(GRANT))).isEqualTo(GRANT);
        assertThat(KeyGrant.of(throughJson(minimal))).isEqualTo(minimal);
    }

    @Test
    void shared_limits_are_counted_on_the_key_they_are_shared_with() {
        UUID first = UUID.fromString("019a0000-0000-7000-8000-000000000003");
        Map<String, Object> members = new HashMap<>(GRANT.toJson());
        members.put(
                "sendex_rate_limit",
                Map.of("limit", 10L, "window_seconds", 1L, "shared_with", first.toString()));
        members.put("sendex_sending_limit", Map.of("total", 9L, "shared_with", first.toString()));
        KeyGrant shared = KeyGrant.of(members);

        assertThat(List.of(shared.rateCounter(), shared.sendingCounter())).containsOnly(first);
        assertThat(List.of(GRANT.rateCounter(), GRANT.sendingCounter())).containsOnly(KEY);
        assertThat(KeyGrant.of(shared.toJson())).isEqualTo(shared);
    }

    @Test
    void unknown_permissions_are_ignored() {
        Map<String, Object> members = new HashMap<>(GRANT.toJson());
        members.put("scope", "emails:send rockets:launch");

        assertThat(KeyGrant.of(members).permissions()).containsExactly(EMAILS_SEND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "active",
                "scope",
                "client_id",
                "sub",
                "iat",
                "sendex_environment",
                "sendex_type",
                "sendex_allowed_domains",
                "sendex_allowed_ips",
                "sendex_allowed_endpoints",
                "sendex_version"
            })
    void a_missing_member_is_refused(String member) {
        Map<String, Object> members = new HashMap<>(GRANT.toJson());
        members.remove(member);

        assertThatIllegalArgumentException().isThrownBy(() -> KeyGrant.of(members));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "active|\"true\"",
                "active|1",
                "scope|[\"emails:send\"]",
                "client_id|\"1-1-1-1-1\"",
                "sub|\"me\"",
                "exp|\"1798761600\"",
                "exp|1798761600.5",
                "exp|99999999999999999999",
                "iat|true",
                "sendex_environment|\"production\"",
                "sendex_type|\"SCOPED\"",
                "sendex_allowed_domains|\"example.com\"",
                "sendex_allowed_domains|[1]",
                "sendex_allowed_ips|{}",
                "sendex_rate_limit|10",
                "sendex_rate_limit|{\"limit\":0,\"window_seconds\":1}",
                "sendex_rate_limit|{\"limit\":1}",
                "sendex_sending_limit|{\"total\":\"many\"}",
                "sendex_version|\"42\""
            })
    void a_member_of_the_wrong_type_is_refused(String member, String value)
            throws JsonProcessingException {
        Map<String, Object> members = new HashMap<>(GRANT.toJson());
        members.put(member, new ObjectMapper().readValue(value, Object.class));

        assertThatIllegalArgumentException().isThrownBy(() -> KeyGrant.of(members));
    }

    @Test
    void a_lease_can_shorten_but_not_extend_the_lifetime() {
        Instant soon = Instant.parse("2026-06-01T00:00:00Z");
        Instant late = Instant.parse("2030-01-01T00:00:00Z");

        assertThat(aGrant(aToken()).leasedUntil(soon).expiresAt()).isEqualTo(soon);
        assertThat(GRANT.leasedUntil(soon).expiresAt()).isEqualTo(soon);
        assertThat(GRANT.leasedUntil(late).expiresAt()).isEqualTo(GRANT.expiresAt());
    }

    @Test
    void a_key_expires_at_the_beginning_of_the_second() {
        assertThat(GRANT.isExpiredAt(Instant.parse("2026-12-31T23:59:59.999Z"))).isFalse();
        assertThat(GRANT.isExpiredAt(Instant.parse("2027-01-01T00:00:00Z"))).isTrue();
    }

    private static Map<String, Object> throughJson(KeyGrant grant) throws JsonProcessingException {
        ObjectMapper json = new ObjectMapper();
        return json.readValue(json.writeValueAsString(grant.toJson()), new TypeReference<>() {});
    }
}
