package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.sendex.common.runtime.Ids;
import dev.sendex.common.token.Environment;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import dev.sendex.send.emails.accepting.Handover;
import dev.sendex.send.emails.accepting.Handover.Claimed;
import dev.sendex.send.emails.accepting.Handover.Offer;
import dev.sendex.send.message.Email;
import dev.sendex.send.message.Email.Recipient;
import dev.sendex.send.message.Email.Recipient.Kind;
import dev.sendex.send.message.EmailAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HandoverTest extends SendServiceTest {

    @Inject Handover handover;
    @Inject DispatchConfig config;
    @Inject Ids ids;
    @Inject MeterRegistry metrics;

    @Test
    void as_many_emails_are_claimed_as_the_instance_has_room_for() {
        awaitIdle();
        List<Offer> offers =
                IntStream.range(0, config.concurrency() + 5).mapToObj(_ -> offer(10)).toList();

        // A poll of the queue may use half of the room for a moment.
        await().untilAsserted(() -> {
            Claimed claimed = claim(offers);
            Claimed none = claim(List.of(offer(10)));
            handover.stored(claimed, List.of());
            handover.stored(none, List.of());

            assertThat(claimed.emailIds()).hasSize(config.concurrency() / 8);
            assertThat(none.emailIds()).isEmpty();
        });
        awaitIdle();
    }

    @Test
    void an_email_that_fills_the_memory_is_claimed_alone() {
        awaitIdle();
        int memory = (int) config.memory().asLongValue();

        await().untilAsserted(() -> {
            Claimed claimed = claim(List.of(offer(memory), offer(10)));
            handover.stored(claimed, List.of());

            assertThat(claimed.emailIds()).hasSize(1);
        });
        awaitIdle();
    }

    @Test
    void an_email_is_sent_from_memory_if_there_is_room() {
        TestAccount account = anAccount();
        awaitIdle();
        double before = sentFromMemory();

        String email =
                as(account.testKey())
                        .body(account.email("delivered@example.net"))
                        .post("/v1/emails")
                        .path("id");

        await().untilAsserted(() ->
                as(account.testKey())
                        .get("/v1/emails/" + email)
                        .then()
                        .body("last_event", equalTo("delivered")));
        assertThat(sentFromMemory()).isEqualTo(before + 1);
    }

    private double sentFromMemory() {
        return metrics.get("sendex.dispatch.claimed").tag("source", "memory").counter().count();
    }

    /// Until it has found the queue empty, an instance claims nothing.
    private void awaitIdle() {
        await().until(() -> {
            Claimed claimed = claim(List.of(offer(10)));
            handover.stored(claimed, List.of());
            return !claimed.emailIds().isEmpty();
        });
    }

    private Claimed claim(List<Offer> offers) {
        return handover.claim(offers).await().indefinitely();
    }

    private Offer offer(int sizeBytes) {
        EmailAddress address = EmailAddress.stored(null, "ada@example.net");
        return new Offer(
                new Email(
                        UUID.randomUUID(),
                        ids.next(),
                        Environment.TEST.value(),
                        Instant.now(),
                        address,
                        List.of(new Recipient(Kind.TO, address)),
                        List.of(),
                        List.of(),
                        "Hello",
                        null,
                        "Hello",
                        Map.of(),
                        Map.of(),
                        List.of()),
                sizeBytes);
    }
}
