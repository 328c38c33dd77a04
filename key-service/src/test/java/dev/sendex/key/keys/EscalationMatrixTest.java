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

/// Every kind of caller against everything that a key can be more of, by each way to a key: making
/// one, changing one, and getting another's token by rotating it.
@QuarkusTest
@RunningService
class EscalationMatrixTest {

    /// What a key can be more of: a value that every caller here has, and one beyond those bound in
    /// it.
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

    /// Who asks, and what binds them.
    private enum Asking {
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

        Asking(Set<Attribute> bounds) {
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
    void nobody_creates_a_key_with_more_access_than_they_have(Asking asking) {
        String caller = asking.token(anOwner());

        assertThat(issue(caller, within()).statusCode()).isEqualTo(201);
        for (Attribute attribute : Attribute.values()) {
            Response answer = issue(caller, beyondIn(attribute));

            assertThat(outcome(answer, 201))
                    .as("%s makes a key with more %s", asking, attribute)
                    .isEqualTo(!asking.bounds.contains(attribute));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_gives_a_key_more_access_than_they_have(Asking asking) {
        String caller = asking.token(anOwner());
        String id = issue(caller, within()).path("id");

        assertThat(edit(caller, id, Map.of("name", "other")).statusCode()).isEqualTo(200);
        for (Attribute attribute : Attribute.values()) {
            if (attribute.isEditable()) {
                Response answer = edit(caller, id, Map.of(attribute.member, attribute.beyond));

                assertThat(outcome(answer, 200))
                        .as("%s changes a key to more %s", asking, attribute)
                        .isEqualTo(!asking.bounds.contains(attribute));
                edit(caller, id, Map.of(attribute.member, attribute.within));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_rotates_a_key_with_more_access_than_they_have(Asking asking) {
        String owner = anOwner();
        String caller = asking.token(owner);

        assertThat(rotate(caller, issue(caller, within())).statusCode()).isEqualTo(201);
        for (Attribute attribute : Attribute.values()) {
            Response answer = rotate(caller, issue(owner, beyondIn(attribute)));

            assertThat(outcome(answer, 201))
                    .as("%s rotates a key with more %s", asking, attribute)
                    .isEqualTo(!asking.isLimited() && !asking.bounds.contains(attribute));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_lifts_a_restriction_by_omitting_it(Asking asking) {
        String caller = asking.token(anOwner());

        for (Attribute attribute : Attribute.values()) {
            if (BOUNDS.containsKey(attribute.member)) {
                Map<String, Object> key = within();
                key.remove(attribute.member);
                Response answer = issue(caller, key);

                assertThat(outcome(answer, 201))
                        .as("%s makes a key without %s", asking, attribute)
                        .isEqualTo(!asking.bounds.contains(attribute));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobody_lifts_a_restriction_by_emptying_it(Asking asking) {
        String caller = asking.token(anOwner());
        String id = issue(caller, within()).path("id");

        for (Attribute attribute : Attribute.values()) {
            if (BOUNDS.containsKey(attribute.member)) {
                Map<String, Object> lifted = new HashMap<>();
                lifted.put(attribute.member, attribute.within instanceof List ? List.of() : null);
                Response answer = edit(caller, id, lifted);

                assertThat(outcome(answer, 200))
                        .as("%s lifts a key's %s", asking, attribute)
                        .isEqualTo(!asking.bounds.contains(attribute));
                edit(caller, id, Map.of(attribute.member, attribute.within));
            }
        }
    }

    @Test
    void a_viewer_cannot_create_edit_or_rotate_keys() {
        String owner = anOwner();
        String viewer = aMember(owner, "viewer");
        Response least = issue(owner, Map.of("permissions", List.of("domains:read")));

        assertThat(outcome(issue(viewer, Map.of("permissions", List.of("domains:read"))), 201))
                .isFalse();
        assertThat(outcome(edit(viewer, least.path("id"), Map.of("name", "mine")), 200)).isFalse();
        assertThat(outcome(rotate(viewer, least), 201)).isFalse();
    }

    private static Map<String, Object> within() {
        Map<String, Object> key = new HashMap<>();
        for (Attribute attribute : Attribute.values()) {
            key.put(attribute.member, attribute.within);
        }
        return key;
    }

    private static Map<String, Object> beyondIn(Attribute attribute) {
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

    /// Whether it was done; what was not done was refused for the right reason.
    private static boolean outcome(Response answer, int done) {
        if (answer.statusCode() == done) {
            return true;
        }
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(403);
        assertThat(answer.<String>path("code")).isEqualTo("restricted_api_key");
        return false;
    }
}
