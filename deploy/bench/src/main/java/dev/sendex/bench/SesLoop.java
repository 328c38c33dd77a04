package dev.sendex.bench;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;

/// The limit of sending: nothing but the AWS client of send-service, with the same settings, which
/// sends the same message again and again.
final class SesLoop implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SesAsyncClient client;
    private final String sender;
    private final String recipient;
    private final byte[] message;
    private final AtomicLong done = new AtomicLong();

    /// @param message the source of the email
    SesLoop(URI endpoint, SampleEmail email, byte[] message) {
        this.sender = email.from();
        this.recipient = email.to();
        this.message = message;
        client =
                SesAsyncClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.EU_WEST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                "bench", UUID.randomUUID().toString())))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder().maxConcurrency(MAX_CONNECTIONS))
                        .overrideConfiguration(
                                override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build();
    }

    /// Sends for this time and returns the emails per second.
    double run(int inFlight, Duration duration) {
        done.set(0);
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        CompletableFuture<?>[] all = new CompletableFuture<?>[inFlight];
        for (int i = 0; i < inFlight; i++) {
            all[i] = new CompletableFuture<>();
            repeat(end, all[i]);
        }
        CompletableFuture.allOf(all).join();
        return done.get() * 1e9 / (System.nanoTime() - start);
    }

    private void repeat(long end, CompletableFuture<?> finished) {
        if (System.nanoTime() >= end) {
            finished.complete(null);
            return;
        }
        CompletableFuture<?> _ =
                client.sendRawEmail(request())
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                finished.completeExceptionally(failure);
                            } else {
                                done.incrementAndGet();
                                repeat(end, finished);
                            }
                        });
    }

    private SendRawEmailRequest request() {
        return SendRawEmailRequest.builder()
                .source(sender)
                .destinations(recipient)
                .rawMessage(raw -> raw.data(SdkBytes.fromByteArrayUnsafe(message)))
                .tags(tag("sendex_email_id"), tag("sendex_account_id"))
                .configurationSetName("sendex")
                .overrideConfiguration(override -> override.apiCallTimeout(TIMEOUT))
                .build();
    }

    private static MessageTag tag(String name) {
        return MessageTag.builder().name(name).value(UUID.randomUUID().toString()).build();
    }

    @Override
    public void close() {
        client.close();
    }
}
