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

    /// Tables that belong to no account, and why.
    private static final Map<String, String> OF_NO_ACCOUNT =
            Map.of(
                    "flyway_schema_history", "is of the schema",
                    "outbox",
                            "holds records for minutes; their keys and contents name the account");

    IntrospectionAuthority authority;

    @Inject Pool pool;

    @Test
    void what_is_anothers_looks_like_what_is_not_there() {
        String id =
                Caller.with(authority).create("https://hooks.example/in", "email.sent").path("id");
        Caller stranger = Caller.with(authority);

        assertThat(new ForeignIds(Map.of("/v1/webhooks", id)).differences(stranger::request))
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
