package dev.sendex.send.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EmailTest {

    @Test
    void a_mailbox_gets_an_email_once_however_its_address_is_written() throws Exception {
        Email email =
                email(
                        List.of("blocked@shop.example"),
                        new Recipient(Kind.TO, EmailAddress.parse("Jane <Jane@shop.example>")),
                        new Recipient(Kind.CC, EmailAddress.parse("jane@SHOP.example")),
                        new Recipient(Kind.BCC, EmailAddress.parse("jane@shop.example")),
                        new Recipient(Kind.BCC, EmailAddress.parse("joe@shop.example")),
                        new Recipient(Kind.BCC, EmailAddress.parse("Blocked@shop.example")));

        assertThat(email.destinations()).containsExactly("Jane@shop.example", "joe@shop.example");
        assertThat(email.shownRecipients(Kind.CC)).hasSize(1);
    }

    private static Email email(List<String> suppressed, Recipient... recipients) {
        return new Email(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "live",
                Instant.EPOCH,
                EmailAddress.stored(null, "hello@example.com"),
                List.of(recipients),
                suppressed,
                List.of(),
                "Hello",
                null,
                "Hello",
                Map.of(),
                Map.of(),
                List.of());
    }
}
