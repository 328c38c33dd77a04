package dev.sendex.key.mail;

import static dev.sendex.key.Callers.anEmail;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.anyone;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.nullValue;

import dev.sendex.key.Callers;
import dev.sendex.key.MailReceiver;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@RunningService
class MailsTest {

    private static final String KEY = "sk_test_of_the_operator";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @Inject Pool pool;

    @BeforeEach
    void openMailReceiver() throws IOException {
        MailReceiver.open(KEY);
    }

    @AfterEach
    void closeMailReceiver() throws IOException {
        MailReceiver.close();
    }

    @Test
    void an_invitation_is_sent_by_mail_and_its_url_is_not_returned() {
        String email = anEmail();

        with(anOwner())
                .body(Map.of("email", email, "role", "viewer"))
                .post("/v1/invitations")
                .then()
                .statusCode(201)
                .body("url", nullValue());

        MailReceiver.Received mail = firstMailTo(email);
        assertThat(mail.authorization()).isEqualTo("Bearer " + KEY);
        assertThat(mail.body().path("from").asText()).isEqualTo("sendex@sender.example");
        anyone().body(Map.of("token", linkIn(mail), "password", Callers.PASSWORD))
                .post("/v1/auth/invitation/accept")
                .then()
                .statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void a_mail_is_retried_with_the_same_idempotency_key(int status) {
        String email = anEmail();
        MailReceiver.refuse(status);
        invite(email);
        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());

        makeDue(email);

        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() == 2);
        List<MailReceiver.Received> mails = MailReceiver.to(email);
        assertThat(mails.getFirst().idempotencyKey()).isEqualTo(mails.getLast().idempotencyKey());
        await().atMost(TIMEOUT).until(() -> queuedMails(email) == 0);
    }

    @Test
    void a_mail_is_still_retried_after_a_hundred_attempts() {
        String email = anEmail();
        MailReceiver.refuse(503);
        invite(email);
        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());
        execute("update mail set attempts = 100 where recipient = $1", email);

        makeDue(email);

        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() == 2);
    }

    @Test
    void a_permanently_refused_mail_is_not_retried() {
        String email = anEmail();
        MailReceiver.refuse(422);

        invite(email);

        await().atMost(TIMEOUT).until(() -> queuedMails(email) == 0);
        assertThat(MailReceiver.to(email)).hasSize(1);
    }

    @Test
    void an_expired_mail_is_not_sent() throws IOException {
        String email = anEmail();
        MailReceiver.refuse(503);
        invite(email);
        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());
        execute(
                "update mail set expires_at = now() - interval '1 second' where recipient = $1",
                email);

        makeDue(email);

        await().atMost(TIMEOUT).until(() -> queuedMails(email) == 0);
        assertThat(MailReceiver.to(email)).hasSize(1);
    }

    @Test
    void a_refused_invitation_sends_no_mail() {
        String owner = anOwner();
        String member = anEmail();
        Callers.signUp(member);
        String email = with(owner).get("/v1/members").path("data[0].email");

        with(owner)
                .body(Map.of("email", email, "role", "viewer"))
                .post("/v1/invitations")
                .then()
                .statusCode(409);

        assertThat(queuedMails(email)).isZero();
    }

    @Test
    void a_password_reset_link_works_once() {
        String email = anEmail();
        String lost = Callers.signUp(email).path("access_token");
        anyone().body(Map.of("email", email))
                .post("/v1/auth/password-reset")
                .then()
                .statusCode(202);
        String link = linkIn(firstMailTo(email));

        confirm(link, "quite another passphrase").then().statusCode(200);

        confirm(link, "and yet another passphrase").then().statusCode(404);
        Callers.signIn(email, "quite another passphrase").then().statusCode(200);
        Callers.signIn(email, Callers.PASSWORD).then().statusCode(401);
        with(lost).get("/v1/account").then().statusCode(401);
        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() == 2);
        assertThat(MailReceiver.to(email).getLast().body().path("subject").asText())
                .contains("was changed");
    }

    @Test
    void an_unknown_email_gets_the_same_response_and_no_mail() {
        String member = anEmail();
        Callers.signUp(member);
        String stranger = anEmail();

        String known = requestReset(member);
        String unknown = requestReset(stranger);

        assertThat(known).isEqualTo(unknown);
        firstMailTo(member);
        assertThat(MailReceiver.to(stranger)).isEmpty();
    }

    @Test
    void a_new_link_invalidates_the_previous_one() {
        String email = anEmail();
        Callers.signUp(email);
        requestReset(email);
        String first = linkIn(firstMailTo(email));
        requestReset(email);
        await().atMost(TIMEOUT).until(() -> MailReceiver.to(email).size() == 2);

        confirm(first, Callers.PASSWORD).then().statusCode(404);

        confirm(linkIn(MailReceiver.to(email).getLast()), Callers.PASSWORD).then().statusCode(200);
    }

    @Test
    void password_reset_requests_are_limited() {
        String email = anEmail();
        for (int request = 0; request < 10; request++) {
            requestReset(email);
        }

        anyone().body(Map.of("email", email))
                .post("/v1/auth/password-reset")
                .then()
                .statusCode(429);
    }

    private static String requestReset(String email) {
        return anyone().body(Map.of("email", email))
                .post("/v1/auth/password-reset")
                .then()
                .statusCode(202)
                .extract()
                .asString();
    }

    private static Response confirm(String token, String password) {
        return anyone().body(Map.of("token", token, "password", password))
                .post("/v1/auth/password-reset/confirm");
    }

    private static void invite(String email) {
        with(anOwner())
                .body(Map.of("email", email, "role", "viewer"))
                .post("/v1/invitations")
                .then()
                .statusCode(201);
    }

    private static MailReceiver.Received firstMailTo(String email) {
        await().atMost(TIMEOUT).until(() -> !MailReceiver.to(email).isEmpty());
        return MailReceiver.to(email).getFirst();
    }

    private static String linkIn(MailReceiver.Received mail) {
        return Callers.tokenOf(mail.body().path("text").asText()).lines().findFirst().orElseThrow();
    }

    private void makeDue(String email) {
        execute("update mail set due_at = now() where recipient = $1", email);
    }

    private long queuedMails(String email) {
        return pool.preparedQuery("select count(*) from mail where recipient = $1")
                .execute(Tuple.of(email))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private void execute(String statement, String email) {
        pool.preparedQuery(statement).execute(Tuple.of(email)).await().indefinitely();
    }
}
