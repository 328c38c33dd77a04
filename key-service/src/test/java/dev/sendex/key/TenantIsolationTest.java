package dev.sendex.key;

import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.join;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.ForeignIds;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class TenantIsolationTest {

    /// Tables without an account id, and why.
    private static final Map<String, String> WITHOUT_ACCOUNT_ID =
            Map.of(
                    "account", "is the account",
                    "attempt", "counts attempts before sign-in",
                    "flyway_schema_history", "belongs to the schema",
                    "key_alert_run", "is shared by all accounts",
                    "outbox", "contains records for minutes only; their payload has the account id",
                    "used_client_assertion", "belongs to services, not to accounts");

    @Inject Pool pool;

    @Inject MovableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void objects_of_another_account_are_not_found() {
        String owner = anOwner();
        Response joined = join(owner, anEmail(), "viewer");
        Authenticator.of(joined.path("access_token"), clock);
        String member = joined.path("user.id");
        Map<String, String> ids =
                Map.of(
                        "/v1/api-keys",
                        issue(owner, Map.of("preset", "read_only")).path("id"),
                        "/v1/members",
                        member,
                        "/v1/invitations",
                        with(owner)
                                .body(Map.of("email", anEmail(), "role", "viewer"))
                                .post("/v1/invitations")
                                .path("id"),
                        "/v1/sessions",
                        with(owner).get("/v1/sessions").path("data[0].id"),
                        "/v1/audit-events",
                        with(owner).get("/v1/audit-events").path("data[0].id"));
        String stranger = anOwner();

        assertThat(
                        new ForeignIds(
                                        ids,
                                        Map.of("PATCH /v1/members/{id}", "{\"role\":\"viewer\"}"))
                                .differences(() -> with(stranger)))
                .isEmpty();
    }

    @Test
    void every_table_has_an_account_id() {
        List<String> without =
                StreamSupport.stream(
                                pool.query(
                                                """
                                                select table_name from information_schema.tables
                                                where table_schema = 'public' and table_name not in (
                                                    select table_name from information_schema.columns
                                                    where column_name = 'account_id')
                                                """)
                                        .executeAndAwait()
                                        .spliterator(),
                                false)
                        .map(row -> row.getString(0))
                        .toList();

        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_ACCOUNT_ID.keySet());
    }
}
