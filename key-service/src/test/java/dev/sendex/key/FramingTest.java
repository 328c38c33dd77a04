package dev.sendex.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.BadFraming;
import dev.sendex.fixture.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class FramingTest {

    @TestHTTPResource URI server;

    @Test
    void requests_with_ambiguous_framing_are_refused_and_the_connection_is_closed()
            throws Exception {
        assertThat(BadFraming.accepted(server.getPort(), "/v1/auth/sign-in")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\n"
                        + "Upgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
            })
    void an_unsupported_upgrade_gets_an_ordinary_response(String upgrade) throws Exception {
        String answers =
                RawHttp.exchange(
                        server.getPort(),
                        "GET /openapi HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n".formatted(upgrade)
                                + "GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("openapi: 3.1", "HTTP/1.1 404 ");
    }
}
