package dev.sendex.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.OddBodies;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BodiesTest extends SendServiceTest {

    @TestHTTPResource URI server;

    @Test
    void bodies_are_json_in_utf_8_and_nothing_else() throws Exception {
        String key = TestAccount.create(authority).key();

        assertThat(new OddBodies(server, "Bearer " + key).taken()).isEmpty();
    }
}
