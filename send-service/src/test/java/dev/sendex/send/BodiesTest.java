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
    void only_json_bodies_in_utf_8_are_accepted() throws Exception {
        String key = TestAccount.create(authority).key();

        assertThat(new OddBodies(server, "Bearer " + key).accepted()).isEmpty();
    }
}
