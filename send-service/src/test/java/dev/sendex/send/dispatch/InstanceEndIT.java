package dev.sendex.send.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.sandbox.SandboxMessage;
import dev.sendex.send.Instance;
import dev.sendex.send.Instances;
import dev.sendex.send.KafkaClient;
import dev.sendex.send.SendServiceTest;
import dev.sendex.send.TestAccount;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An instance ends while emails are in flight, and another one takes over.
class InstanceEndIT extends SendServiceTest {

    private static final Duration GRACE = Duration.ofSeconds(2);

    private static Instances instances;
    private static QueueTable queue;

    InstanceEndIT() {
        ses = instances.ses();
        authority = instances.authority();
    }

    @BeforeAll
    static void start() {
        instances =
                new Instances(
                        Map.of(
                                "sendex.dispatch.lease", "10m",
                                "sendex.dispatch.grace", GRACE.toSeconds() + "s",
                                "sendex.ses.send-timeout", "60s"));
        queue = QueueTable.of(instances);
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    @BeforeEach
    void raiseLimits() {
        ses.control().limits(1_000_000, 500);
    }

    @AfterEach
    void killInstances() {
        instances.killAll();
    }

    /// Events are read again only when the Kafka session of the killed instance has timed out,
    /// which takes longer than the grace period.
    @Test
    void
            what_a_killed_instance_had_sent_is_sent_again_only_if_no_event_arrives_in_the_grace_period()
                    throws IOException {
        Instance killed = instances.start(Map.of());
        killed.use();
        TestAccount account = anAccount();
        ses.control().holdAnswers(6);
        List<String> confirmed = send(account, 3);
        List<String> unconfirmed = send(account, 3);
        within(60).until(() -> ses.control().heldAnswers() == 6);

        killed.kill();
        assertThat(queue.claimed(account.id())).isEqualTo(6);
        confirmed.forEach(id -> KafkaClient.publish("ses.events", eventsAbout(id).getFirst()));
        ses.control().reset();
        queue.endLeases(account.id());
        instances.start(Map.of()).use();

        within(60).until(() -> areSent(account, confirmed));
        assertThat(confirmed).noneMatch(queue::contains);
        within(60).until(() -> areSent(account, unconfirmed));
        assertThat(confirmed).allSatisfy(id -> assertThat(acceptedBySes(id)).hasSize(1));
        assertThat(unconfirmed)
                .allSatisfy(id -> {
                    List<SandboxMessage> sent = acceptedBySes(id);
                    assertThat(sent).hasSize(2);
                    assertThat(Duration.between(sent.getLast().time(), sent.getFirst().time()))
                            .isGreaterThan(GRACE);
                });
    }

    @Test
    void an_instance_that_stops_leaves_no_email_claimed_and_every_email_is_sent_once()
            throws IOException {
        Instance stopped = instances.start(Map.of("sendex.dispatch.concurrency", "4"));
        stopped.use();
        TestAccount account = anAccount();
        ses.control().holdAnswers(4);
        List<String> ids = send(account, 10);
        within(60).until(() -> ses.control().heldAnswers() == 4);

        stopped.terminate();
        within(60).until(() -> !stopped.isServing());
        assertThat(stopped.isAlive()).isTrue();
        ses.control().reset();
        within(60).until(() -> !stopped.isAlive());

        assertThat(queue.claimed(account.id())).isZero();
        instances.start(Map.of()).use();
        within(60).until(() -> areSent(account, ids));
        assertThat(ids).allSatisfy(id -> assertThat(acceptedBySes(id)).hasSize(1));
    }

    private static List<String> send(TestAccount account, int emails) {
        return Stream.generate(
                        () -> send(account, account.email("success@simulator.amazonses.com")))
                .limit(emails)
                .toList();
    }

    private static boolean areSent(TestAccount account, List<String> ids) {
        return ids.stream().allMatch(id -> lastEvent(account, id).equals("sent"));
    }
}
