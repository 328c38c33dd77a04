package dev.sendex.send.suppressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.common.runtime.Ids;
import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SuppressionsTest extends SendServiceTest {

    @Inject Pool pool;
    @Inject Ids ids;

    @Test
    void an_address_whose_suppression_is_removed_gets_email_again() {
        TestAccount account = anAccount();
        String bounced = send(account, account.email("bounce@simulator.amazonses.com"));
        within(10).until(() -> eventsAbout(bounced).size() == 2);
        eventsAbout(bounced).forEach(event -> KafkaClient.publish("ses.events", event));
        within(10).until(() -> suppressed(account).size() == 1);
        String id = suppressed(account).getFirst();

        as(TestAccount.create(authority).key())
                .delete("/v1/suppressions/{id}", id)
                .then()
                .statusCode(404);
        as(account.key())
                .delete("/v1/suppressions/{id}", id)
                .then()
                .statusCode(200)
                .body("deleted", equalTo(true));
        as(account.key()).delete("/v1/suppressions/{id}", id).then().statusCode(404);

        String again = send(account, account.email("bounce@simulator.amazonses.com"));
        within(10).until(() -> acceptedBySes(again).size() == 1);
    }

    @Test
    void a_suppression_is_found_by_id_and_by_address_ignoring_case() {
        TestAccount account = TestAccount.create(authority);
        String source = UUID.randomUUID().toString();
        String id = suppress(account, "o'neil+news@z.example", "bounce", source);
        for (String name : List.of(id, "o'neil+news@z.example", "O'Neil+News@Z.example")) {
            as(account.key())
                    .get("/v1/suppressions/{id}", name)
                    .then()
                    .statusCode(200)
                    .body("object", equalTo("suppression"))
                    .body("id", equalTo(id))
                    .body("email", equalTo("o'neil+news@z.example"))
                    .body("origin", equalTo("bounce"))
                    .body("source_id", equalTo(source));
        }
        for (String name : List.of("other@z.example", "@", "a b@z.example", "nothing")) {
            as(account.key()).get("/v1/suppressions/{id}", name).then().statusCode(404);
            as(account.key()).delete("/v1/suppressions/{id}", name).then().statusCode(404);
        }
    }

    @Test
    void a_suppression_can_be_removed_by_address_and_only_by_its_account() {
        TestAccount account = TestAccount.create(authority);
        TestAccount other = TestAccount.create(authority);
        String id = suppress(account, "ada@z.example", "manual", null);
        suppress(other, "ada@z.example", "manual", null);
        as(account.key())
                .delete("/v1/suppressions/{id}", "Ada@z.example")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("deleted", equalTo(true));
        as(account.key()).get("/v1/suppressions/{id}", "ada@z.example").then().statusCode(404);
        as(other.key()).get("/v1/suppressions/{id}", "ada@z.example").then().statusCode(200);
    }

    @Test
    void pages_are_filtered_by_origin() {
        TestAccount account = TestAccount.create(authority);
        String first = suppress(account, "a@z.example", "complaint", null);
        suppress(account, "b@z.example", "bounce", null);
        String last = suppress(account, "c@z.example", "complaint", null);

        assertThat(suppressed(account, "?origin=complaint")).containsExactly(last, first);
        assertThat(suppressed(account, "?origin=complaint&after=" + last)).containsExactly(first);
        assertThat(suppressed(account, "?origin=complaint&before=" + first)).containsExactly(last);
        assertThat(suppressed(account, "?origin=manual")).isEmpty();
        as(account.key())
                .get("/v1/suppressions?origin=spam")
                .then()
                .statusCode(422)
                .body("errors.field", contains("origin"));
    }

    private String suppress(
            TestAccount account, String address, String origin, @Nullable String source) {
        UUID id = ids.next();
        pool.preparedQuery(
                        """
                        insert into suppression (account_id, id, address, reason, email_id, created_at)
                        values ($1, $2, $3, $4, $5, now())
                        """)
                .executeAndAwait(
                        Tuple.of(
                                account.id(),
                                id,
                                address,
                                origin,
                                source == null ? null : UUID.fromString(source)));
        return id.toString();
    }

    @Test
    void invalid_paging_parameters_are_refused() {
        TestAccount account = TestAccount.create(authority);
        as(account.key()).get("/v1/suppressions?limit=0").then().statusCode(422);
    }

    private static List<String> suppressed(TestAccount account) {
        return suppressed(account, "");
    }

    private static List<String> suppressed(TestAccount account, String query) {
        return as(account.key())
                .get("/v1/suppressions" + query)
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }
}
