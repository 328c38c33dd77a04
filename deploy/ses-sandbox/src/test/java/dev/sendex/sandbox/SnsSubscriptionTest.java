package dev.sendex.sandbox;

import static dev.sendex.sandbox.Sender.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sendex.sandbox.Ingest.Received;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ses.SesClient;

class SnsSubscriptionTest {

    private SesSandbox sandbox;
    private SesClient ses;

    @BeforeEach
    void start() throws Exception {
        sandbox = SesSandbox.start(SesSandboxOptions.defaults());
        ses = Sender.client(sandbox);
        ses.verifyDomainDkim(request -> request.domain(Sender.DOMAIN));
    }

    @AfterEach
    void stop() {
        ses.close();
        sandbox.close();
    }

    @Test
    void notifications_wait_until_the_subscription_is_confirmed() throws Exception {
        try (Ingest ingest = Ingest.thatNeverConfirms()) {
            sandbox.publishTo(ingest.uri());
            send(ses, "ada@example.net");
            await().until(() -> ingest.confirmations().size() == 1);
            String subscribeUrl =
                    ingest.confirmations().getFirst().message().path("SubscribeURL").asText();

            assertThat(
                            Ingest.visit(subscribeUrl.replaceAll("Token=.*", "Token=guess"))
                                    .statusCode())
                    .isEqualTo(400);
            assertThat(sandbox.isSubscribed()).isFalse();
            assertThat(ingest.notifications()).isEmpty();

            assertThat(Ingest.visit(subscribeUrl).body())
                    .contains("<ConfirmSubscriptionResponse>", "<SubscriptionArn>");
            await().until(() -> ingest.notifications().size() == 2);
            assertThat(sandbox.isSubscribed()).isTrue();
        }
    }

    @Test
    void a_failed_notification_is_retried_in_order() throws Exception {
        try (Ingest ingest = Ingest.start()) {
            sandbox.publishTo(ingest.uri());
            await().until(sandbox::isSubscribed);
            ingest.failNext(2);

            send(ses, "ada@example.net");

            await().atMost(Duration.ofSeconds(20)).until(() -> ingest.notifications().size() == 2);
            assertThat(ingest.eventTypes()).containsExactly("Send", "Delivery");
        }
    }

    @Test
    void confirmation_is_requested_again_from_a_subscriber_that_is_not_up_yet() throws Exception {
        try (Ingest ingest = Ingest.start()) {
            ingest.failNext(1);
            sandbox.publishTo(ingest.uri());

            await().until(sandbox::isSubscribed);
        }
    }

    @Test
    void messages_have_the_headers_of_sns() throws Exception {
        try (Ingest ingest = Ingest.start()) {
            sandbox.publishTo(ingest.uri());
            send(ses, "ada@example.net");
            await().until(() -> ingest.notifications().size() == 2);

            Received notification = ingest.notifications().getFirst();
            assertThat(notification.headers())
                    .containsEntry("Content-type", List.of("text/plain; charset=UTF-8"))
                    .containsEntry("X-amz-sns-message-type", List.of("Notification"))
                    .containsEntry(
                            "X-amz-sns-message-id",
                            List.of(notification.message().path("MessageId").asText()))
                    .containsEntry(
                            "X-amz-sns-topic-arn",
                            List.of(notification.message().path("TopicArn").asText()));
            assertThat(ingest.confirmations().getFirst().headers())
                    .containsEntry("X-amz-sns-message-type", List.of("SubscriptionConfirmation"));
        }
    }
}
