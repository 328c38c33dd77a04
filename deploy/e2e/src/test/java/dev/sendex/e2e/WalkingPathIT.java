package dev.sendex.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From a scoped key to a delivered webhook, over two instances of send-service.
class WalkingPathIT {

    private static Stack stack;

    private Api owner;
    private String domain;

    @BeforeAll
    static void start() {
        stack = Stack.start("--replicas", "send-service=2");
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @BeforeEach
    void anAccountWithAVerifiedDomain() {
        owner = Api.signedUp(stack);
        domain = owner.verifiedDomain(stack, "mail-" + UUID.randomUUID() + ".example");
    }

    @Test
    void a_scoped_key_sends_email_and_its_events_are_delivered_as_signed_webhooks()
            throws Exception {
        try (Receiver receiver = new Receiver()) {
            String secret = aWebhook(receiver);
            Api contractor = owner.as(aSendingKey().path("token"));

            String email =
                    contractor
                            .send("hello@" + domain, "success@simulator.amazonses.com")
                            .then()
                            .statusCode(200)
                            .extract()
                            .path("id");

            await().untilAsserted(() -> assertThat(owner.lastEvent(email)).isEqualTo("delivered"));
            await().untilAsserted(() ->
                    assertThat(typesOf(receiver)).contains("email.sent", "email.delivered"));
            for (Receiver.Received webhook : receiver.received()) {
                webhook.verify(secret);
                assertThat(webhook.json().at("/data/email_id").textValue()).isEqualTo(email);
            }
            assertThat(subjectsInTheSandboxFrom("hello@" + domain))
                    .containsExactly("Your order is confirmed");
        }
    }

    @Test
    void a_mail_program_shows_an_email_as_it_was_written() throws Exception {
        Path reader = Stack.checkout().resolve("deploy/e2e/mail");

        Npm.run(reader, "ci", stack);
        Npm.run(reader, "test", stack);
    }

    @Test
    void a_key_can_do_only_what_it_was_granted() {
        Api contractor = owner.as(aSendingKey().path("token"));

        contractor
                .get("/v1/contacts")
                .then()
                .statusCode(403)
                .body("code", equalTo("restricted_api_key"));
        contractor
                .send("hello@elsewhere.example", "success@simulator.amazonses.com")
                .then()
                .statusCode(403)
                .body("code", equalTo("domain_not_allowed"));
        contractor
                .get("/v1/api-keys/me")
                .then()
                .statusCode(200)
                .body("permissions", equalTo(List.of("emails:send")))
                .body("allowed_domains", equalTo(List.of(domain)));
    }

    @Test
    void a_revoked_key_is_refused_by_every_instance() {
        Response key = aSendingKey();
        Api contractor = owner.as(key.path("token"));
        String from = "hello@" + domain;
        for (int i = 0; i < 4; i++) {
            contractor.send(from, "success@simulator.amazonses.com").then().statusCode(200);
        }

        owner.delete("/v1/api-keys/" + key.path("id")).then().statusCode(200);

        await().untilAsserted(() -> refusedFourTimes(contractor, from));
    }

    @Test
    void an_expired_key_is_refused_without_being_revoked() {
        String soon = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.MILLIS).toString();
        Api contractor = owner.as(aSendingKey(Map.of("expires_at", soon)).path("token"));
        String from = "hello@" + domain;
        contractor.send(from, "success@simulator.amazonses.com").then().statusCode(200);

        await().untilAsserted(() -> refusedFourTimes(contractor, from));
    }

    @ParameterizedTest
    @CsvSource({"bounce, bounced, email.bounced", "complaint, complained, email.complained"})
    void a_recipient_who_bounces_or_complains_is_suppressed(
            String mailbox, String lastEvent, String type) throws Exception {
        String recipient = mailbox + "+" + UUID.randomUUID() + "@simulator.amazonses.com";
        try (Receiver receiver = new Receiver()) {
            aWebhook(receiver);
            Api contractor = owner.as(aSendingKey().path("token"));

            String email = contractor.send("hello@" + domain, recipient).path("id");

            await().untilAsserted(() -> assertThat(owner.lastEvent(email)).isEqualTo(lastEvent));
            await().untilAsserted(() -> assertThat(typesOf(receiver)).contains(type));
            await().untilAsserted(() ->
                    owner.get("/v1/suppressions").then().body("data.email", hasItem(recipient)));
            String second = contractor.send("hello@" + domain, recipient).path("id");
            await().untilAsserted(
                            () -> assertThat(owner.lastEvent(second)).isEqualTo("suppressed"));
        }
    }

    @Test
    void resources_of_another_account_are_not_found() {
        String email = owner.send("hello@" + domain, "success@simulator.amazonses.com").path("id");
        Api stranger = Api.signedUp(stack);

        stranger.get("/v1/emails/" + email).then().statusCode(404);
        stranger.get("/v1/emails").then().statusCode(200).body("data.id", not(hasItem(email)));
        stranger.send("hello@" + domain, "success@simulator.amazonses.com")
                .then()
                .statusCode(403)
                .body("code", equalTo("domain_not_verified"));
    }

    @Test
    void changes_to_domains_and_webhooks_are_audited_with_their_actor() throws Exception {
        String me = owner.get("/v1/audit-events").path("data[0].actor.id");
        String session = owner.get("/v1/sessions").path("data.find { it.current }.id");
        try (Receiver receiver = new Receiver()) {
            aWebhook(receiver);

            for (String action : List.of("domain.created", "webhook.created")) {
                await().untilAsserted(() ->
                        owner.get("/v1/audit-events?action=" + action)
                                .then()
                                .statusCode(200)
                                .body("data.actor.type", equalTo(List.of("member")))
                                .body("data.actor.id", equalTo(List.of(me)))
                                .body("data.actor.session_id", equalTo(List.of(session)))
                                .body("data.ip", equalTo(List.of("127.0.0.1"))));
            }
            String address = receiver.url().replace("/hook", "/…#");
            owner.get("/v1/audit-events?target_type=webhook")
                    .then()
                    .body("data[0].after.endpoint", startsWith(address));
            owner.get("/v1/audit-events?action=domain.created")
                    .then()
                    .body("data[0].after.name", equalTo(domain));
        }
        owner.get("/v1/audit-events/verify").then().body("valid", equalTo(true));
        Api.signedUp(stack)
                .get("/v1/audit-events?target_type=domain")
                .then()
                .body("data", equalTo(List.of()));
    }

    @Test
    void introspection_is_not_reachable_from_outside() {
        Api.anonymous(stack).post("/oauth2/introspect").then().statusCode(404);
        Api.anonymous(stack).get("/q/metrics").then().statusCode(404);
    }

    @Test
    void no_log_contains_a_token_or_an_address() {
        String token = aSendingKey().path("token");
        String recipient = "success+" + UUID.randomUUID() + "@simulator.amazonses.com";
        String email = owner.as(token).send("hello@" + domain, recipient).path("id");
        await().untilAsserted(() -> assertThat(owner.lastEvent(email)).isEqualTo("delivered"));

        assertThat(stack.logs()).doesNotContain(token).doesNotContain(recipient);
    }

    private Response aSendingKey() {
        return aSendingKey(Map.of());
    }

    private Response aSendingKey(Map<String, Object> more) {
        Map<String, Object> members =
                new java.util.HashMap<>(
                        Map.of(
                                "permissions", List.of("emails:send"),
                                "allowed_domains", List.of(domain),
                                "expires_at", "2099-01-01T00:00:00.000Z"));
        members.putAll(more);
        Response created = owner.key(members);
        created.then().statusCode(201);
        return created;
    }

    private String aWebhook(Receiver receiver) {
        List<String> events =
                List.of("email.sent", "email.delivered", "email.bounced", "email.complained");
        Response created =
                owner.post("/v1/webhooks", Map.of("endpoint", receiver.url(), "events", events));
        created.then().statusCode(201);
        return created.path("signing_secret");
    }

    private static void refusedFourTimes(Api caller, String from) {
        for (int i = 0; i < 4; i++) {
            caller.send(from, "success@simulator.amazonses.com")
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("invalid_api_key"));
        }
    }

    private static List<String> typesOf(Receiver receiver) throws IOException {
        List<String> types = new java.util.ArrayList<>();
        for (Receiver.Received webhook : receiver.received()) {
            types.add(webhook.type());
        }
        return types;
    }

    private static List<String> subjectsInTheSandboxFrom(String sender) {
        return io.restassured.RestAssured.given()
                .baseUri(stack.sandbox())
                .get("/messages")
                .then()
                .statusCode(200)
                .extract()
                .path("findAll { it.envelope.from == '" + sender + "' }.subject");
    }
}
