package dev.sendex.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.IntrospectionAuthority;
import dev.sendex.fixture.OddBodies;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class BodiesTest {

    IntrospectionAuthority authority;

    @TestHTTPResource URI server;

    @Test
    void only_json_bodies_in_utf_8_are_accepted() throws Exception {
        String key = Caller.with(authority).token();

        assertThat(new OddBodies(server, "Bearer " + key).accepted()).isEmpty();
    }
}
