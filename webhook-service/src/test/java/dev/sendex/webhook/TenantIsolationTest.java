package dev.sendex.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.ForeignIds;
import dev.sendex.fixture.IntrospectionAuthority;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class TenantIsolationTest {

    /// Tables without an account id, and why.
    private static final Map<String, String> WITHOUT_ACCOUNT =
            Map.of(
                    "flyway_schema_history", "is of the schema",
                    "outbox",
                            "holds records for minutes; their keys and contents name the account");

    IntrospectionAuthority authority;

    @Inject Pool pool;

    @Test
    void resources_of_another_account_look_nonexistent() {
        String id =
                Caller.with(authority).create("https://hooks.example/in", "email.sent").path("id");
        Caller stranger = Caller.with(authority);

        assertThat(new ForeignIds(Map.of("/v1/webhooks", id)).differences(stranger::request))
                .isEmpty();
    }

    @Test
    void every_row_has_an_account_id() {
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

        assertThat(without).containsExactlyInAnyOrderElementsOf(WITHOUT_ACCOUNT.keySet());
    }
}
