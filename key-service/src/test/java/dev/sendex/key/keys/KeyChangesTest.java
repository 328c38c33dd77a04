package dev.sendex.key.keys;

import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import dev.sendex.key.RunningService;
import dev.sendex.key.Topic;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Services that cache a key are notified of every change to its access: the topic `sendex.keys`
/// gets a version that is newer than any introspection response before the change.
@QuarkusTest
@RunningService
class KeyChangesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /// A key, the member who owns it, and the account's owner.
    private record Subject(String owner, String memberId, String id, String token) {

        static Subject create() {
            String owner = anOwner();
            Response member = join(owner, anEmail(), "admin");
            String session = member.path("access_token");
            Response key = issue(session, Map.of("permissions", List.of("domains:read")));
            return new Subject(owner, member.path("user.id"), key.path("id"), key.path("token"));
        }

        Response edit(Map<String, ?> members) {
            return with(owner).body(members).patch("/v1/api-keys/" + id);
        }

        Response rotate(int overlap) {
            return with(owner)
                    .body(Map.of("overlap_seconds", overlap))
                    .post("/v1/api-keys/" + id + "/rotate");
        }

        int version() {
            return with(owner).get("/v1/api-keys/" + id).path("version");
        }
    }

    private enum Change {
        OTHER_BOUNDS {
            @Override
            Response make(Subject key) {
                return key.edit(Map.of("allowed_domains", List.of("a.example")));
            }
        },
        ROTATION {
            @Override
            Response make(Subject key) {
                return key.rotate(3_600);
            }
        },
        ROTATION_WITHOUT_OVERLAP {
            @Override
            Response make(Subject key) {
                return key.rotate(0);
            }
        },
        END_OF_THE_OVERLAP {
            @Override
            void prepare(Subject key) {
                key.rotate(3_600).then().statusCode(201);
            }

            @Override
            Response make(Subject key) {
                return with(key.owner()).delete("/v1/api-keys/" + key.id() + "/rotation");
            }
        },
        REVOCATION {
            @Override
            Response make(Subject key) {
                return with(key.owner()).delete("/v1/api-keys/" + key.id());
            }
        },
        REPORT_OF_A_FIND {
            @Override
            Response make(Subject key) {
                return anyone().body(Map.of("token", key.token())).post("/v1/api-keys/report");
            }
        },
        OTHER_ROLE_OF_ITS_OWNER {
            @Override
            Response make(Subject key) {
                return with(key.owner())
                        .body(Map.of("role", "viewer"))
                        .patch("/v1/members/" + key.memberId());
            }
        },
        REMOVAL_OF_ITS_OWNER {
            @Override
            Response make(Subject key) {
                return with(key.owner()).delete("/v1/members/" + key.memberId());
            }
        },
        OTHER_OWNER {
            @Override
            Response make(Subject key) {
                String heir = join(key.owner(), anEmail(), "developer").path("user.id");
                return with(key.owner())
                        .queryParam("hand_over_to", heir)
                        .delete("/v1/members/" + key.memberId());
            }
        };

        void prepare(Subject key) {}

        abstract Response make(Subject key);
    }

    @ParameterizedTest
    @EnumSource
    void every_change_is_published_to_services_that_cache_the_key(Change change) {
        Subject key = Subject.create();
        change.prepare(key);
        int before = key.version();

        change.make(key).then().statusCode(oneOf(200, 201, 202));

        try (Topic changes = new Topic("sendex.keys")) {
            await().atMost(TIMEOUT)
                    .until(() ->
                            changes.recordsOf(key.id()).stream()
                                    .map(told -> new JsonPath(new String(told.value(), UTF_8)))
                                    .anyMatch(told -> told.getInt("version") > before));
        }
    }

    /// Creating a key publishes nothing there.
    @Test
    void a_change_of_role_is_published_for_each_key_of_the_member() {
        String owner = anOwner();
        Response member = join(owner, anEmail(), "admin");
        String session = member.path("access_token");
        List<String> keys =
                Stream.generate(() -> issue(session, Map.of("preset", "read_only")))
                        .limit(3)
                        .map(key -> key.jsonPath().getString("id"))
                        .toList();

        with(owner)
                .body(Map.of("role", "viewer"))
                .patch("/v1/members/" + member.jsonPath().getString("user.id"))
                .then()
                .statusCode(200);

        try (Topic changes = new Topic("sendex.keys")) {
            await().atMost(TIMEOUT)
                    .until(() -> keys.stream().noneMatch(key -> changes.recordsOf(key).isEmpty()));
        }
    }
}
