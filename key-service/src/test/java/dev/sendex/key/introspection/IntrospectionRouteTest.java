package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.common.token.ApiKeyToken;
import dev.sendex.common.token.Environment;
import dev.sendex.fixture.Contract;
import dev.sendex.key.ClientSecret;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@RunningService
class IntrospectionRouteTest {

    private static final String INACTIVE = "{\"active\":false}";

    @ClientSecret String secret;

    @Test
    void an_active_key_is_described_as_in_rfc_7662() {
        Response issued =
                issue(
                        anOwner(),
                        Map.of(
                                "permissions", List.of("emails:send", "emails:read"),
                                "allowed_domains", List.of("shop.example"),
                                "expires_at", "2099-01-01T00:00:00Z"));

        Response answer = introspect(issued.path("token"));

        answer.then()
                .statusCode(200)
                .body("active", equalTo(true))
                .body("scope", equalTo("emails:send emails:read"))
                .body("client_id", equalTo(issued.path("id")))
                .body("iss", equalTo("http://127.0.0.1:" + RestAssured.port))
                .body("sendex_environment", equalTo("live"))
                .body("sendex_allowed_domains", equalTo(List.of("shop.example")))
                .body("sendex_version", equalTo(1));
        assertThat(answer.contentType()).isEqualTo("application/json");
    }

    @Test
    void a_response_expires_with_the_lease() {
        String owner = anOwner();
        Map<String, Object> late =
                Map.of("preset", "read_only", "expires_at", "2099-01-01T00:00:00Z");

        assertThat(lease(issue(owner, Map.of("preset", "read_only")))).isBetween(3_590L, 3_610L);
        assertThat(lease(issue(owner, late))).isBetween(3_590L, 3_610L);
    }

    @Test
    void a_response_expires_no_later_than_the_key() {
        Instant soon = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.SECONDS);
        Response key =
                issue(anOwner(), Map.of("preset", "read_only", "expires_at", soon.toString()));

        assertThat(introspect(key.path("token")).<Integer>path("exp"))
                .isEqualTo((int) soon.getEpochSecond());
    }

    private long lease(Response key) {
        Response answer = introspect(key.path("token"));
        return answer.<Integer>path("exp") - answer.<Integer>path("iat");
    }

    @Test
    void revoked_unknown_wrong_and_malformed_tokens_are_inactive() {
        String owner = anOwner();
        Response revoked = issue(owner, Map.of("preset", "read_only"));
        with(owner).delete("/v1/api-keys/" + revoked.path("id")).then().statusCode(200);
        String good = issue(owner, Map.of("preset", "read_only")).path("token");
        UUID known = Objects.requireNonNull(ApiKeyToken.parse(good)).keyId();

        for (String token :
                List.of(
                        revoked.<String>path("token"),
                        forged(UUID.randomUUID()),
                        forged(known),
                        good.replace("sk_live_", "sk_test_"),
                        "sk_live_nonsense",
                        "a.b.c")) {
            Response answer = introspect(token);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).isEqualTo(INACTIVE);
        }
    }

    @Test
    void an_unauthenticated_client_is_refused() {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");

        for (RequestSpecification stranger :
                List.of(
                        form(),
                        form().auth().preemptive().basic(SecretsResource.CLIENT, "wrong"),
                        form().auth().preemptive().basic("unknown", secret),
                        form().header("Authorization", "Basic %%%"),
                        form().header("Authorization", "Bearer " + token))) {
            stranger.formParam("token", token)
                    .post("/oauth2/introspect")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", containsString("Basic"))
                    .body("error", equalTo("invalid_client"))
                    .body("active", nullValue());
        }
    }

    @Test
    void wrong_secrets_are_delayed_and_the_correct_one_is_not() throws Exception {
        String token = issue(anOwner(), Map.of("preset", "read_only")).path("token");
        HttpClient guesser =
                HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.67")).build();
        try {
            for (int guess = 0; guess < 20; guess++) {
                assertThat(introspectAsync(guesser, "wrong " + guess, token).get().statusCode())
                        .isEqualTo(401);
            }
            CompletableFuture<HttpResponse<String>> late =
                    introspectAsync(guesser, "one more", token);

            HttpResponse<String> right = introspectAsync(guesser, secret, token).get();

            assertThat(right.statusCode()).isEqualTo(200);
            assertThat(right.body()).contains("\"active\":true");
            assertThat(late).isNotDone();
        } finally {
            guesser.shutdownNow();
        }
    }

    private static CompletableFuture<HttpResponse<String>> introspectAsync(
            HttpClient client, String secret, String token) {
        String basic = SecretsResource.CLIENT + ":" + secret;
        return client.sendAsync(
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + RestAssured.port
                                                + "/oauth2/introspect"))
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_request_without_a_token_is_invalid() {
        refusedAsInvalid(client());
        refusedAsInvalid(client().formParam("token", ""));
    }

    @Test
    void a_duplicated_parameter_is_invalid() {
        refusedAsInvalid(client().formParam("token", "one", "two"));
        refusedAsInvalid(client().body("token=one&token="));
        refusedAsInvalid(client().body("token=one&other=1&other=2"));
    }

    @Test
    void a_body_that_is_not_a_form_is_invalid() {
        refusedAsInvalid(client().body("token=%zz"));
        refusedAsInvalid(client().contentType("application/json").body("{\"token\":\"x\"}"));
        refusedAsInvalid(client().contentType("text/plain").body("token=x"));
        refusedAsInvalid(client().contentType("application/xml").body("<token/>"));
    }

    @Test
    void a_token_in_the_url_is_ignored() {
        refusedAsInvalid(client().queryParam("token", "x"));
    }

    @Test
    void introspection_refuses_get() {
        given().queryParam("token", "x")
                .get("/oauth2/introspect")
                .then()
                .statusCode(405)
                .header("Allow", equalTo("POST"))
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void a_body_has_at_most_64_kib_with_or_without_a_content_length() throws Exception {
        for (HttpRequest.BodyPublisher publisher : List.of(withLength(65), chunked(65))) {
            HttpResponse<String> answer = post(publisher);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("\"invalid_request\"").contains("65536 bytes");
        }
        for (HttpRequest.BodyPublisher publisher : List.of(withLength(63), chunked(63))) {
            assertThat(post(publisher).body()).isEqualTo(INACTIVE);
        }
    }

    @Test
    void expect_continue_is_accepted_or_refused_at_once() throws Exception {
        assertThat(expectingContinue(withLength(63)).body()).isEqualTo(INACTIVE);
        assertThat(expectingContinue(withLength(65)).statusCode()).isEqualTo(413);
    }

    private HttpResponse<String> expectingContinue(HttpRequest.BodyPublisher body)
            throws Exception {
        return send(introspection(body).expectContinue(true).timeout(Duration.ofSeconds(30)));
    }

    @Test
    void an_endless_body_is_cut_off() throws Exception {
        String part = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /oauth2/introspect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(US_ASCII));

            assertThatThrownBy(
                            () -> {
                                for (int sent = 0; sent < 1_000; sent++) {
                                    out.write(part.getBytes(US_ASCII));
                                }
                            })
                    .isInstanceOf(SocketException.class);
        }
    }

    private static HttpRequest.BodyPublisher withLength(int kib) {
        return HttpRequest.BodyPublishers.ofString(tokenOf(kib));
    }

    private static HttpRequest.BodyPublisher chunked(int kib) {
        return HttpRequest.BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(tokenOf(kib).getBytes(US_ASCII)));
    }

    private static String tokenOf(int kib) {
        return "token=" + "x".repeat(kib * 1024);
    }

    private HttpResponse<String> post(HttpRequest.BodyPublisher body) throws Exception {
        return send(introspection(body));
    }

    private HttpRequest.Builder introspection(HttpRequest.BodyPublisher body) {
        String credentials = SecretsResource.CLIENT + ":" + secret;
        String basic = Base64.getEncoder().encodeToString(credentials.getBytes(US_ASCII));
        return HttpRequest.newBuilder(
                        URI.create(
                                "http://127.0.0.1:%d/oauth2/introspect"
                                        .formatted(RestAssured.port)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Basic " + basic)
                .POST(body);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void credentials_sent_by_two_methods_are_invalid() {
        refusedAsInvalid(client().formParam("token", "x").formParam("client_secret", secret));
        refusedAsInvalid(client().formParam("token", "x").formParam("client_assertion", "a.b.c"));
        refusedAsInvalid(
                client().formParam("token", "x").formParam("client_assertion_type", "anything"));
        refusedAsInvalid(
                form().header("Authorization", "Basic eDp5", "Basic eDp5").formParam("token", "x"));
    }

    @Test
    void an_additional_client_id_must_match_the_credentials() {
        client().formParam("client_id", SecretsResource.CLIENT)
                .formParam("token", "x")
                .post("/oauth2/introspect")
                .then()
                .statusCode(200);
        client().formParam("client_id", "another")
                .formParam("token", "x")
                .post("/oauth2/introspect")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void invalid_requests_are_refused_with_a_remedy() {
        form().formParam("token", "x")
                .formParam("client_id", SecretsResource.CLIENT)
                .formParam("client_secret", secret)
                .post("/oauth2/introspect")
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"))
                .body("error_description", containsString("client_secret_basic"));
    }

    private static void refusedAsInvalid(RequestSpecification request) {
        Response answer = request.post("/oauth2/introspect");

        answer.then().statusCode(400).body("error", equalTo("invalid_request"));
        assertThat(answer.contentType()).isEqualTo("application/json");
    }

    private Response introspect(String token) {
        return client().formParam("token", token).post("/oauth2/introspect");
    }

    private RequestSpecification client() {
        return form().auth().preemptive().basic(SecretsResource.CLIENT, secret);
    }

    private static RequestSpecification form() {
        return given().filter(Contract.read().check())
                .contentType("application/x-www-form-urlencoded");
    }

    /// A well-formed token with a correct checksum that was never issued.
    private static String forged(UUID keyId) {
        return ApiKeyToken.generate(Environment.LIVE, keyId, new SecureRandom()).value();
    }
}
