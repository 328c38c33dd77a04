package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aMember;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No caller can get a key with more access than their own. Tested for every kind of caller, every
/// attribute of a key, and every operation: creating, editing and rotating a key.
@QuarkusTest
@RunningService
class EscalationMatrixTest {

    /// An attribute that limits access, with a value that every caller may grant and one that
    /// callers limited in this attribute may not.
    private enum Attribute {
        PERMISSIONS("permissions", List.of("emails:send"), List.of("emails:send", "account:write")),
        TYPE("type", "scoped", "full_access"),
        ENVIRONMENT("environment", "live", "test"),
        DOMAINS("allowed_domains", List.of("a.example"), List.of("a.example", "b.example")),
        IPS("allowed_ips", List.of("127.0.0.0/8"), List.of("127.0.0.0/8", "192.0.2.1/32")),
        ENDPOINTS(
                "allowed_endpoints",
                List.of("POST /v1/api-keys"),
                List.of("POST /v1/api-keys", "GET /v1/emails")),
        RATE_LIMIT(
                "rate_limit",
                Map.of("limit", 900, "window_seconds", 60),
                Map.of("limit", 1001, "window_seconds", 60)),
        SENDING_LIMIT("sending_limit", Map.of("per_day", 10), Map.of("per_day", 11)),
        EXPIRY("expires_at", "2090-01-01T00:00:00.000Z", "2090-01-01T00:00:01.000Z");

        private final String member;
        private final Object within;
        private final Object beyond;

        Attribute(String member, Object within, Object beyond) {
            this.member = member;
            this.within = within;
            this.beyond = beyond;
        }

        private boolean isEditable() {
            return this != TYPE && this != ENVIRONMENT;
        }
    }

    private static final Map<String, Object> BOUNDS =
            Map.of(
                    "allowed_domains", List.of("a.example"),
                    "allowed_ips", List.of("127.0.0.0/8"),
                    "allowed_endpoints",
                            List.of(
                                    "POST /v1/api-keys",
                                    "PATCH /v1/api-keys/{id}",
                                    "POST /v1/api-keys/{id}/rotate"),
                    "rate_limit", Map.of("limit", 1000, "window_seconds", 60),
                    "sending_limit", Map.of("per_day", 10),
                    "expires_at", "2090-01-01T00:00:00.000Z");

    /// A kind of caller, and the attributes that limit it.
    private enum CallerKind {
        OWNER(Set.of()),
        ADMIN(Set.of()),
        DEVELOPER(Set.of(Attribute.PERMISSIONS, Attribute.TYPE)),
        KEY_WITH_FULL_ACCESS(Set.of(Attribute.ENVIRONMENT)),
        KEY_WITH_FULL_ACCESS_OF_A_DEMOTED_MEMBER(
                Set.of(Attribute.ENVIRONMENT, Attribute.PERMISSIONS, Attribute.TYPE)),
        SCOPED_KEY(scopedAnd()),
        KEY_BOUND_TO_DOMAINS(scopedAnd(Attribute.DOMAINS)),
        KEY_BOUND_TO_NETWORKS(scopedAnd(Attribute.IPS)),
        KEY_BOUND_TO_ENDPOINTS(scopedAnd(Attribute.ENDPOINTS)),
        KEY_BOUND_TO_A_RATE(scopedAnd(Attribute.RATE_LIMIT)),
        KEY_BOUND_TO_A_QUOTA(scopedAnd(Attribute.SENDING_LIMIT)),
        KEY_THAT_EXPIRES(scopedAnd(Attribute.EXPIRY)),
        KEY_BOUND_IN_EVERYTHING(EnumSet.allOf(Attribute.class));

        private final Set<Attribute> bounds;

        CallerKind(Set<Attribute> bounds) {
            this.bounds = bounds;
        }

        private static Set<Attribute> scopedAnd(Attribute... more) {
            Set<Attribute> bounds =
                    EnumSet.of(Attribute.PERMISSIONS, Attribute.TYPE, Attribute.ENVIRONMENT);
            bounds.addAll(List.of(more));
            return bounds;
        }

        private boolean isLimited() {
            return bounds.contains(Attribute.RATE_LIMIT)
                    || bounds.contains(Attribute.SENDING_LIMIT);
        }

        private String token(String owner) {
            return switch (this) {
                case OWNER -> owner;
                case ADMIN -> aMember(owner, "admin");
                case DEVELOPER -> aMember(owner, "developer");
                case KEY_WITH_FULL_ACCESS -> tokenOf(issue(owner, Map.of("type", "full_access")));
                case KEY_WITH_FULL_ACCESS_OF_A_DEMOTED_MEMBER -> demoted(owner);
                default -> boundKey(owner);
            };
        }

        private static String demoted(String owner) {
            String member = aMember(owner, "admin");
            String token = tokenOf(issue(member, Map.of("type", "full_access")));
            String id = with(member).get("/v1/api-keys").path("data[0].owner_id");
            with(owner)
                    .body(Map.of("role", "developer"))
                    .patch("/v1/members/" + id)
                    .then()
                    .statusCode(200);
            return token;
        }

        private String boundKey(String owner) {
            Map<String, Object> key = new HashMap<>();
            key.put("permissions", List.of("emails:send", "api_keys:write"));
            bounds.stream()
                    .filter(bound -> BOUNDS.containsKey(bound.member))
                    .forEach(bound -> key.put(bound.member, BOUNDS.get(bound.member)));
            return tokenOf(issue(owner, key));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_creates_a_key_with_more_access_than_their_own(CallerKind kind) {
        String caller = kind.token(anOwner());

        assertThat(issue(caller, within()).statusCode()).isEqualTo(201);
        for (Attribute attribute : Attribute.values()) {
            Response answer = issue(caller, exceeding(attribute));

            assertThat(allowed(answer, 201))
                    .as("%s makes a key with more %s", kind, attribute)
                    .isEqualTo(!kind.bounds.contains(attribute));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_edits_a_key_to_have_more_access_than_their_own(CallerKind kind) {
        String caller = kind.token(anOwner());
        String id = issue(caller, within()).path("id");

        assertThat(edit(caller, id, Map.of("name", "other")).statusCode()).isEqualTo(200);
        for (Attribute attribute : Attribute.values()) {
            if (attribute.isEditable()) {
                Response answer = edit(caller, id, Map.of(attribute.member, attribute.beyond));

                assertThat(allowed(answer, 200))
                        .as("%s changes a key to more %s", kind, attribute)
                        .isEqualTo(!kind.bounds.contains(attribute));
                edit(caller, id, Map.of(attribute.member, attribute.within));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_rotates_a_key_with_more_access_than_their_own(CallerKind kind) {
        String owner = anOwner();
        String caller = kind.token(owner);

        assertThat(rotate(caller, issue(caller, within())).statusCode()).isEqualTo(201);
        for (Attribute attribute : Attribute.values()) {
            Response answer = rotate(caller, issue(owner, exceeding(attribute)));

            assertThat(allowed(answer, 201))
                    .as("%s rotates a key with more %s", kind, attribute)
                    .isEqualTo(!kind.isLimited() && !kind.bounds.contains(attribute));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_removes_a_restriction_by_omitting_it(CallerKind kind) {
        String caller = kind.token(anOwner());

        for (Attribute attribute : Attribute.values()) {
            if (BOUNDS.containsKey(attribute.member)) {
                Map<String, Object> key = within();
                key.remove(attribute.member);
                Response answer = issue(caller, key);

                assertThat(allowed(answer, 201))
                        .as("%s makes a key without %s", kind, attribute)
                        .isEqualTo(!kind.bounds.contains(attribute));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_removes_a_restriction_by_emptying_it(CallerKind kind) {
        String caller = kind.token(anOwner());
        String id = issue(caller, within()).path("id");

        for (Attribute attribute : Attribute.values()) {
            if (BOUNDS.containsKey(attribute.member)) {
                Map<String, Object> lifted = new HashMap<>();
                lifted.put(attribute.member, attribute.within instanceof List ? List.of() : null);
                Response answer = edit(caller, id, lifted);

                assertThat(allowed(answer, 200))
                        .as("%s lifts a key's %s", kind, attribute)
                        .isEqualTo(!kind.bounds.contains(attribute));
                edit(caller, id, Map.of(attribute.member, attribute.within));
            }
        }
    }

    @Test
    void a_viewer_cannot_create_edit_or_rotate_keys() {
        String owner = anOwner();
        String viewer = aMember(owner, "viewer");
        Response least = issue(owner, Map.of("permissions", List.of("domains:read")));

        assertThat(allowed(issue(viewer, Map.of("permissions", List.of("domains:read"))), 201))
                .isFalse();
        assertThat(allowed(edit(viewer, least.path("id"), Map.of("name", "mine")), 200)).isFalse();
        assertThat(allowed(rotate(viewer, least), 201)).isFalse();
    }

    private static Map<String, Object> within() {
        Map<String, Object> key = new HashMap<>();
        for (Attribute attribute : Attribute.values()) {
            key.put(attribute.member, attribute.within);
        }
        return key;
    }

    private static Map<String, Object> exceeding(Attribute attribute) {
        Map<String, Object> key = within();
        key.put(attribute.member, attribute.beyond);
        if (attribute == Attribute.TYPE) {
            key.remove("permissions");
        }
        return key;
    }

    private static Response edit(String caller, String id, Map<String, ?> members) {
        return with(caller).body(members).patch("/v1/api-keys/" + id);
    }

    private static Response rotate(String caller, Response issued) {
        String id = issued.path("id");
        return with(caller).body(Map.of()).post("/v1/api-keys/" + id + "/rotate");
    }

    private static String tokenOf(Response issued) {
        return issued.then().statusCode(201).extract().path("token");
    }

    /// Whether the request succeeded. Asserts that a failed one was refused for lack of access.
    private static boolean allowed(Response answer, int expected) {
        if (answer.statusCode() == expected) {
            return true;
        }
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(403);
        assertThat(answer.<String>path("code")).isEqualTo("restricted_api_key");
        return false;
    }
}
