package dev.sendex.key;

import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.signUp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.fixture.OddBodies;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class BodiesTest {

    @TestHTTPResource URI server;

    @Test
    void only_json_in_utf_8_is_accepted() throws Exception {
        assertThat(new OddBodies(server, "Bearer " + anOwner()).accepted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "text/plain",
                "multipart/form-data; boundary=x",
                "*/*",
                "application/json; charset=utf-16"
            })
    void forms_cannot_use_the_session_cookie(String type) throws Exception {
        String refreshToken = signUp(anEmail()).cookie("sendex_refresh");

        assertThat(post("refresh", refreshToken, "Content-Type", type).statusCode()).isEqualTo(415);
        HttpResponse<Void> signOut = post("sign-out", refreshToken, "Content-Type", type);
        assertThat(signOut.statusCode()).isEqualTo(415);
        assertThat(signOut.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(post("refresh", refreshToken, "Content-Type", "application/json").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_post_with_a_session_cookie_needs_a_content_type_even_without_a_body() throws Exception {
        String refreshToken = signUp(anEmail()).cookie("sendex_refresh");

        assertThat(post("refresh", refreshToken).statusCode()).isEqualTo(415);
        assertThat(post("sign-out", refreshToken).statusCode()).isEqualTo(415);
    }

    private HttpResponse<Void> post(String call, String refreshToken, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve("/v1/auth/" + call))
                        .header("Cookie", "sendex_refresh=" + refreshToken)
                        .POST(HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding());
    }
}
