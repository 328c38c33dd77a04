package dev.sendex.sandbox;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// An HTTP subscription of the topic. Until it is confirmed, the endpoint gets only confirmation
/// requests; then it gets every notification, those of one email in order, each retried for an
/// hour. As in SNS, 4xx answers except 429 are final.
final class SnsSubscription implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SnsSubscription.class.getName());
    private static final Duration GIVE_UP_AFTER = Duration.ofHours(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /// The maximum total length of queued events, to bound memory.
    private static final int MAX_WAITING_CHARACTERS =
            (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8);

    /// The memory that an email takes besides the text of its events.
    private static final int WAITING_OVERHEAD = 1000;

    private static final int MAX_AT_ONCE = 32;

    private final URI endpoint;
    private final SnsMessages messages;
    private final SandboxControl control;
    private final String token = new BigInteger(256, new SecureRandom()).toString(16);
    private final CountDownLatch confirmed = new CountDownLatch(1);
    private final Semaphore waiting = new Semaphore(MAX_WAITING_CHARACTERS);
    private final Semaphore posting = new Semaphore(MAX_AT_ONCE, true);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// On a platform thread, since signing takes milliseconds of CPU time, which on virtual threads
    /// would delay the answers to senders.
    private final ExecutorService signers =
            Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().name("sns-signer-", 0).daemon().factory());

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .executor(threads)
                    .build();

    private sealed interface Answer {
        record Accepted() implements Answer {}

        record Refused(String why) implements Answer {}

        record Failed(String why) implements Answer {}
    }

    SnsSubscription(URI endpoint, SnsMessages messages, SandboxControl control) {
        this.endpoint = endpoint;
        this.messages = messages;
        this.control = control;
    }

    /// Requests confirmation repeatedly until the endpoint confirms.
    void request() {
        threads.execute(this::askUntilConfirmed);
    }

    /// Confirms the subscription if the token matches the one sent to the endpoint.
    boolean confirm(String topicArn, String givenToken) {
        boolean right = topicArn.equals(messages.topicArn()) && givenToken.equals(token);
        if (right) {
            confirmed.countDown();
        }
        return right;
    }

    boolean isConfirmed() {
        return confirmed.getCount() == 0;
    }

    /// Delivers the events of one email in this order, asynchronously.
    void publish(List<String> events) {
        int length = WAITING_OVERHEAD + events.stream().mapToInt(String::length).sum();
        if (!waiting.tryAcquire(length)) {
            LOG.log(Level.WARNING, "notifications dropped, too many are waiting for " + endpoint);
            return;
        }
        threads.execute(() -> {
            try {
                deliver(events);
            } finally {
                waiting.release(length);
            }
        });
    }

    /// Stops all deliveries; undelivered notifications are lost.
    @Override
    public void close() {
        threads.shutdownNow();
        signers.shutdownNow();
        http.shutdownNow();
    }

    private void deliver(List<String> events) {
        try {
            confirmed.await();
            for (String event : events) {
                control.awaitRelease();
                deliver(signers.submit(() -> messages.notification(event)).get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            LOG.log(Level.ERROR, "a notification could not be signed", e);
        }
    }

    private void deliver(SnsMessage notification) throws InterruptedException {
        retry(() ->
                switch (post(notification)) {
                    case Answer.Accepted _ -> true;
                    case Answer.Refused(String why) -> {
                        LOG.log(Level.WARNING, "notification dropped: " + why);
                        yield true;
                    }
                    case Answer.Failed(String why) -> {
                        LOG.log(Level.DEBUG, "notification delayed: " + why);
                        yield false;
                    }
                });
    }

    private void askUntilConfirmed() {
        try {
            // An endpoint that is still starting may refuse at first.
            retry(() ->
                    isConfirmed()
                            || (post(messages.confirmation(token)) instanceof Answer.Accepted
                                    && awaitConfirmation()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitConfirmation() {
        try {
            return confirmed.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void retry(Supplier<Boolean> attempt) throws InterruptedException {
        Instant end = Instant.now().plus(GIVE_UP_AFTER);
        Duration pause = Duration.ofSeconds(1);
        while (!attempt.get()) {
            if (Instant.now().isAfter(end)) {
                LOG.log(Level.WARNING, "gave up after an hour");
                return;
            }
            Thread.sleep(pause);
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
        }
    }

    private Answer post(SnsMessage message) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "text/plain; charset=UTF-8")
                        .header("User-Agent", "Amazon Simple Notification Service Agent")
                        .header("x-amz-sns-message-type", message.type())
                        .header("x-amz-sns-message-id", message.id())
                        .header("x-amz-sns-topic-arn", messages.topicArn())
                        .POST(HttpRequest.BodyPublishers.ofString(message.json()));
        if (message.type().equals("Notification")) {
            request.header("x-amz-sns-subscription-arn", messages.subscriptionArn());
        }
        try {
            posting.acquire();
            try {
                int status =
                        http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                                .statusCode();
                return answer(status);
            } finally {
                posting.release();
            }
        } catch (IOException e) {
            return new Answer.Failed(String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Failed("interrupted");
        }
    }

    private static Answer answer(int status) {
        if (status >= 200 && status < 300) {
            return new Answer.Accepted();
        }
        String why = "the endpoint answered " + status;
        return status >= 400 && status < 500 && status != 429
                ? new Answer.Refused(why)
                : new Answer.Failed(why);
    }
}
