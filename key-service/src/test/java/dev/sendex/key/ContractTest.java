package dev.sendex.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.Contract;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class ContractTest {

    private static final String PLAIN_ROUTE = "POST /oauth2/introspect";

    @Test
    void code_and_contract_have_the_same_operations() {
        Set<String> operations = new TreeSet<>(Contract.implementedIn("dev.sendex.key"));
        operations.add(PLAIN_ROUTE);

        assertThat(operations).isEqualTo(Contract.read().operations());
    }

    @Test
    void the_contract_is_served() {
        String served = given().get("/openapi").then().statusCode(200).extract().asString();

        assertThat(served).contains("Sendex key-service").contains("/v1/api-keys/{id}");
    }
}
