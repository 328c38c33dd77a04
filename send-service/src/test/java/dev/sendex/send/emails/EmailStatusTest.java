package dev.sendex.send.emails;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailStatusTest {

    @Test
    void a_status_replaces_only_those_of_lower_precedence() {
        assertThat(EmailStatus.BOUNCED.earlier())
                .contains("sent", "delivered")
                .doesNotContain("bounced", "complained");
        assertThat(EmailStatus.SENT.earlier())
                .containsExactly("queued", "scheduled", "canceled", "suppressed");
        assertThat(EmailStatus.QUEUED.earlier()).isEmpty();
    }
}
