package dev.sendex.webhook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.Contract;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class ContractTest {

    @Test
    void the_contract_lists_exactly_the_implemented_operations() {
        assertThat(Contract.implementedIn("dev.sendex.webhook"))
                .isEqualTo(Contract.read().operations());
    }

    @Test
    void the_contract_is_served() {
        String served = given().get("/openapi").then().statusCode(200).extract().asString();

        assertThat(served).contains("Sendex webhook-service").contains("/ingest/sns");
    }
}
