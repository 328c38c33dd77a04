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

    /// Tables that belong to no account, and why.
    private static final Map<String, String> OF_NO_ACCOUNT =
            Map.of(
                    "account", "is the account",
                    "attempt", "counts who is not signed in",
                    "flyway_schema_history", "is of the schema",
                    "key_alert_run", "is of the instances, not of accounts",
                    "outbox", "holds records for minutes; their keys and contents name the account",
                    "used_client_assertion", "is of services, not of accounts");

    @Inject Pool pool;

    @Inject MovableClock clock;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void what_is_anothers_looks_like_what_is_not_there() {
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
    void every_row_says_whose_it_is() {
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

        assertThat(without).containsExactlyInAnyOrderElementsOf(OF_NO_ACCOUNT.keySet());
    }
}
