package dev.sendex.send.emails.accepting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.sandbox.SandboxMessage;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SendEmailTest extends SendServiceTest {

    @Test
    void an_accepted_email_reaches_ses() {
        TestAccount account = anAccount();
        Map<String, Object> email = account.email("success@simulator.amazonses.com");
        email.put("bcc", List.of("Hidden <hidden@example.net>"));
        email.put("tags", List.of(Map.of("name", "order", "value", "42")));

        String id = send(account, email);

        within(10).until(() -> acceptedBySes(id).size() == 1);
        SandboxMessage sent = acceptedBySes(id).getFirst();
        assertThat(sent.from()).isEqualTo("hello@" + account.domain());
        assertThat(sent.to())
                .containsExactlyInAnyOrder("success@simulator.amazonses.com", "hidden@example.net");
        assertThat(sent.header("Subject")).isEqualTo("Your order is confirmed");
        assertThat(sent.raw())
                .doesNotContainIgnoringCase("bcc")
                .doesNotContain("hidden@example.net");
        assertThat(sent.tags())
                .containsEntry("order", "42")
                .containsEntry("sendex_account_id", account.id().toString());
        assertThat(sent.configurationSet()).isEqualTo("sendex");
        within(10).until(() -> lastEvent(account, id).equals("sent"));
        as(account.key())
                .get("/v1/emails/{id}", id)
                .then()
                .body("message_id", equalTo(sent.header("Message-ID")))
                .body("ses_message_id", equalTo(sent.id()));
    }
}
