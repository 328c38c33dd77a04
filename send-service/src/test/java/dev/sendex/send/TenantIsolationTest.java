package dev.sendex.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.ForeignIds;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TenantIsolationTest extends SendServiceTest {

    /// Tables without an account id, and why.
    private static final Map<String, String> WITHOUT_ACCOUNT =
            Map.of(
                    "flyway_schema_history", "is of the schema",
                    "outbox", "holds records for minutes; their keys and contents name the account",
                    "send_rate", "is SES's for all of us",
                    "ses_identity", "is SES's for all of us");

    @Inject Pool pool;

    @Test
    void resources_of_another_account_look_nonexistent() {
        TestAccount account = anAccount();
        String bounced = send(account, account.email("bounce@simulator.amazonses.com"));
        within(10).until(() -> eventsAbout(bounced).size() == 2);
        eventsAbout(bounced).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> !ids(account, "/v1/suppressions").isEmpty());
        Map<String, String> ids =
                Map.of(
                        "/v1/emails",
                        bounced,
                        "/v1/domains",
                        ids(account, "/v1/domains").getFirst(),
                        "/v1/suppressions",
                        ids(account, "/v1/suppressions").getFirst());
        String stranger = TestAccount.create(authority).key();

        assertThat(new ForeignIds(ids).differences(() -> as(stranger))).isEmpty();
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

    private static List<String> ids(TestAccount account, String collection) {
        return as(account.key()).get(collection).then().statusCode(200).extract().path("data.id");
    }
}
