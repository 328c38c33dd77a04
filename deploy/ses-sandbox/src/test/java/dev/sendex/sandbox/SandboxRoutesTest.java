package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesClient;

/// The web pages and the JSON API of the sandbox.
class SandboxRoutesTest {

    private static SesSandbox sandbox;
    private static SesClient ses;

    @BeforeAll
    static void start() throws Exception {
        sandbox = SesSandbox.start(SesSandboxOptions.defaults());
        ses = Sender.client(sandbox);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
    }

    @BeforeEach
    void forget() {
        sandbox.clear();
    }

    @AfterAll
    static void stop() {
        ses.close();
        sandbox.close();
    }

    @Test
    void mail_is_listed_newest_first_with_envelope_headers_and_source() {
        send(ses, "ada@example.net");
        String newest = send(ses, "bob@example.net");

        JsonNode messages = Ingest.json(get("/messages").body());
        JsonNode message = messages.get(0);
        assertThat(messages.size()).isEqualTo(2);
        assertThat(message.path("id").asText()).isEqualTo(newest);
        assertThat(message.at("/envelope/from").asText()).isEqualTo("no-reply@acme.test");
        assertThat(message.at("/envelope/to/0").asText()).isEqualTo("bob@example.net");
        assertThat(message.path("subject").asText()).isEqualTo("Café is ready");
        assertThat(message.path("configuration_set").asText()).isEqualTo("sendex");
        assertThat(message.at("/tags/sendex_email_id").asText()).isEqualTo("0195f3c2");
        assertThat(message.at("/headers/0/name").asText()).isEqualTo("From");
        assertThat(message.path("raw").asText()).contains("\r\n\r\n--b\r\n");
        assertThat(Ingest.json(get("/messages?limit=1").body()).size()).isEqualTo(1);
        assertThat(Ingest.json(get("/messages/" + newest).body())).isEqualTo(message);
        assertThat(get("/messages/" + newest + ".eml").body())
                .isEqualTo(message.path("raw").asText());
    }

    @Test
    void mail_is_paged() {
        String oldest = send(ses, "1@example.net");
        String middle = send(ses, "2@example.net");
        String newest = send(ses, "3@example.net");

        HttpResponse<String> first = get("/messages?limit=2");
        assertThat(ids(first)).containsExactly(newest, middle);
        assertThat(first.headers().firstValue("Link"))
                .hasValue("</messages?limit=2&before=" + middle + ">; rel=\"next\"");

        HttpResponse<String> last = get("/messages?limit=2&before=" + middle);
        assertThat(ids(last)).containsExactly(oldest);
        assertThat(last.headers().firstValue("Link")).isEmpty();
        assertThat(ids(get("/messages?before=" + oldest))).isEmpty();
        assertThat(ids(get("/messages?before=unknown"))).isEmpty();
        assertThat(ids(get("/messages?limit=999999999"))).hasSize(3);
    }

    @Test
    void the_page_links_to_older_mail() {
        send(ses, "1@example.net");
        String newest = send(ses, "2@example.net");

        assertThat(get("/?limit=1").body())
                .contains(newest, "<a href=\"/?before=" + newest + "\">Older mail</a>");
        assertThat(get("/?before=" + newest).body())
                .contains("1@example.net")
                .doesNotContain("Older");
    }

    @Test
    void mail_can_be_deleted() throws Exception {
        send(ses, "ada@example.net");

        assertThat(request("DELETE", "/messages").statusCode()).isEqualTo(200);
        assertThat(get("/messages").body()).isEqualToIgnoringWhitespace("[]");
    }

    @Test
    void the_page_of_an_email_runs_no_scripts() {
        String id = send(ses, "ada@example.net");

        HttpResponse<String> page = get("/messages/" + id + ".html");

        assertThat(page.body())
                .contains(
                        "<iframe sandbox srcdoc=\"&lt;p&gt;Café&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void hostile_headers_are_shown_as_text() {
        ses.sendRawEmail(request ->
                request.rawMessage(raw ->
                        raw.data(
                                SdkBytes.fromUtf8String(
                                        "From: \"<img src=x>\" <a@acme.test>\r\nTo: b@x.test\r\n"
                                                + "Subject: <script>alert(1)</script>\r\n\r\nHi"))));

        assertThat(get("/").body())
                .contains("&lt;script&gt;alert(1)")
                .doesNotContain("<script", "<img");
    }

    @Test
    void the_page_without_mail_has_a_hint() {
        assertThat(get("/").body()).contains("No mail yet.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/messages/unknown", "/messages/unknown.html"})
    void unknown_paths_are_answered_404(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_call_without_a_signature_is_refused_as_aws_does() throws Exception {
        HttpResponse<String> refused = request("POST", "/");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("<Code>MissingAuthenticationToken</Code>");
    }

    /// Otherwise a web page could read the mail through its own host name, by DNS rebinding to
    /// 127.0.0.1.
    @Test
    void a_request_for_another_host_is_refused() throws IOException {
        URI uri = URI.create(sandbox.url());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(
                            "GET /messages HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                                    .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    private static List<String> ids(HttpResponse<String> list) {
        return Ingest.json(list.body()).findValuesAsText("message_id");
    }

    private static HttpResponse<String> get(String path) {
        return Ingest.visit(sandbox.url() + path);
    }

    private static HttpResponse<String> request(String method, String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
