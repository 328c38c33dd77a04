package dev.sendex.send.suppressions;

import static org.hamcrest.Matchers.equalTo;

import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SuppressionsTest extends SendServiceTest {

    @Test
    void an_address_that_is_let_go_gets_mail_again() {
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
        within(10).until(() -> takenBySes(again).size() == 1);
    }

    @Test
    void a_page_that_makes_no_sense_is_refused() {
        TestAccount account = TestAccount.create(authority);
        as(account.key()).get("/v1/suppressions?limit=0").then().statusCode(422);
    }

    private static List<String> suppressed(TestAccount account) {
        return as(account.key())
                .get("/v1/suppressions")
                .then()
                .statusCode(200)
                .extract()
                .path("data.id");
    }
}
