package dev.sendex.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.Contract;
import org.junit.jupiter.api.Test;

class ContractTest {

    @Test
    void the_contract_names_exactly_the_endpoints_that_there_are() {
        assertThat(Contract.implementedIn("dev.sendex.send"))
                .isEqualTo(Contract.read().operations());
    }
}
