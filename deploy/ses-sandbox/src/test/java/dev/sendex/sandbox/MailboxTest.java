package dev.sendex.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox(5000, Long.MAX_VALUE, null);

    @Test
    void a_page_does_not_exceed_its_maximum_length() {
        for (String id : List.of("1", "2", "3", "4")) {
            mailbox.add(email(id, 100));
        }
        assertThat(mailbox.page(null, 5000, 250).messages()).hasSize(2);
        assertThat(mailbox.page(null, 5000, 250).next()).isEqualTo("3");
        assertThat(mailbox.page("3", 5000, 250).messages())
                .extracting(SandboxMessage::id)
                .containsExactly("2", "1");
    }

    @Test
    void an_email_longer_than_a_page_has_its_own_page() {
        mailbox.add(email("1", 10));
        mailbox.add(email("2", 100));

        assertThat(mailbox.page(null, 5000, 50).messages())
                .extracting(SandboxMessage::id)
                .containsExactly("2");
        assertThat(mailbox.page("2", 5000, 50).next()).isNull();
    }

    @Test
    void the_newest_email_is_kept_whatever_its_length() {
        Mailbox small = new Mailbox(5000, 50, null);
        small.add(email("1", 10));
        small.add(email("2", 100));

        assertThat(small.newest()).extracting(SandboxMessage::id).containsExactly("2");
        assertThat(small.page(null, 10, 50).dropped()).isEqualTo(1);
    }

    private static SandboxMessage email(String id, int length) {
        return new SandboxMessage(
                id,
                Instant.EPOCH,
                "a@acme.test",
                List.of("b@x.test"),
                List.of(),
                Map.of(),
                null,
                "x".repeat(length));
    }
}
