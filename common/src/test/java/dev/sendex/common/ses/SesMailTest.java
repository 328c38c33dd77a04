package dev.sendex.common.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SesMailTest {

    @Test
    void the_message_id_has_the_suffix_of_the_region() {
        assertThat(mail("eu-west-1").messageIdHeader())
                .isEqualTo("<0102-a@eu-west-1.amazonses.com>");
        assertThat(mail("us-east-1").messageIdHeader()).isEqualTo("<0102-a@email.amazonses.com>");
        assertThat(mail(null).messageIdHeader()).isNull();
    }

    private static SesMail mail(@Nullable String region) {
        return new SesMail(
                "0102-a",
                Instant.EPOCH,
                region,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                Map.of());
    }
}
