package dev.sendex.send.emails;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmailStatusTest {

    @Test
    void a_later_finding_replaces_an_earlier_one_and_never_the_other_way_round() {
        assertThat(EmailStatus.BOUNCED.earlier())
                .contains("sent", "delivered")
                .doesNotContain("bounced", "complained");
        assertThat(EmailStatus.SENT.earlier()).containsExactly("queued", "scheduled", "canceled");
        assertThat(EmailStatus.QUEUED.earlier()).isEmpty();
    }
}
