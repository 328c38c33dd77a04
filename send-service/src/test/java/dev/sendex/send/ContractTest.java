package dev.sendex.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.Contract;
import org.junit.jupiter.api.Test;

class ContractTest {

    @Test
    void the_contract_lists_exactly_the_implemented_endpoints() {
        assertThat(Contract.implementedIn("dev.sendex.send"))
                .isEqualTo(Contract.read().operations());
    }
}
