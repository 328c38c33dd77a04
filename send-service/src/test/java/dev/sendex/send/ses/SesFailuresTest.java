package dev.sendex.send.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SendOutcome.Throttled;
import dev.sendex.send.ses.SendOutcome.Unavailable;
import dev.sendex.send.ses.SendOutcome.Unknown;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.model.SesException;

class SesFailuresTest {

    @Test
    void rate_and_quota_throttling_are_distinguished() {
        assertThat(SesFailures.outcome(answer(400, "Throttling", "Maximum sending rate exceeded.")))
                .isEqualTo(new Throttled(false));
        assertThat(SesFailures.outcome(answer(400, "Throttling", "Daily message quota exceeded.")))
                .isEqualTo(new Throttled(true));
    }

    @Test
    void only_errors_about_the_email_are_permanent() {
        assertThat(SesFailures.outcome(answer(400, "MessageRejected", "no")))
                .isEqualTo(new Rejected("no"));
        for (String code :
                new String[] {
                    "InvalidClientTokenId",
                    "ConfigurationSetDoesNotExist",
                    "AccountSendingPaused",
                    "ServiceUnavailable"
                }) {
            assertThat(SesFailures.outcome(answer(400, code, "no")))
                    .isInstanceOf(Unavailable.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MessageRejected, Sending paused for this account.",
        "MessageRejected, Sending suspended for this account.",
        "AccountSendingPausedException, Email sending is disabled.",
        "ConfigurationSetSendingPausedException, Email sending is disabled.",
        "MailFromDomainNotVerified, The MX record is missing.",
        "MailFromDomainNotVerifiedException, The MX record is missing.",
    })
    void an_email_waits_while_ses_refuses_the_account(String code, String message) {
        assertThat(SesFailures.outcome(answer(400, code, message)))
                .isEqualTo(new Unavailable(code + " (400)"));
    }

    @Test
    void without_an_answer_the_outcome_depends_on_whether_the_request_was_sent() {
        assertThat(SesFailures.outcome(SdkClientException.create("x", new ConnectException())))
                .isInstanceOf(Unavailable.class);
        assertThat(SesFailures.outcome(ApiCallTimeoutException.create(10)))
                .isInstanceOf(Unknown.class);
        assertThat(SesFailures.outcome(SdkClientException.create("closed")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_request_that_was_not_sent_is_unavailable_rather_than_unknown() {
        try (SesAsyncClient ses =
                SesAsyncClient.builder()
                        .region(Region.EU_CENTRAL_1)
                        .endpointOverride(URI.create("http://127.0.0.1:9"))
                        .credentialsProvider(
                                AwsCredentialsProviderChain.of(
                                        SystemPropertyCredentialsProvider.create()))
                        .build()) {
            assertThatThrownBy(() -> ses.getSendQuota().join())
                    .cause()
                    .satisfies(failure ->
                            assertThat(SesFailures.outcome(failure))
                                    .isInstanceOf(Unavailable.class));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void a_request_without_a_connection_is_unavailable_rather_than_unknown(int pending)
            throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                SesAsyncClient ses =
                        SesAsyncClient.builder()
                                .region(Region.EU_CENTRAL_1)
                                .endpointOverride(
                                        URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                                .credentialsProvider(AnonymousCredentialsProvider.create())
                                .httpClientBuilder(
                                        NettyNioAsyncHttpClient.builder()
                                                .maxConcurrency(1)
                                                .maxPendingConnectionAcquires(pending)
                                                .connectionAcquisitionTimeout(
                                                        Duration.ofMillis(50)))
                                .overrideConfiguration(
                                        o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                                .build()) {
            CompletableFuture<?> hanging = ses.getSendQuota();
            CompletableFuture<?> waiting = ses.getSendQuota();

            assertThatThrownBy(() -> CompletableFuture.anyOf(waiting, ses.getSendQuota()).join())
                    .cause()
                    .satisfies(failure ->
                            assertThat(SesFailures.outcome(failure))
                                    .isInstanceOf(Unavailable.class));
            hanging.cancel(true);
        }
    }

    private static SesException answer(int status, String code, String message) {
        return (SesException)
                SesException.builder()
                        .statusCode(status)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(message)
                                        .build())
                        .build();
    }
}
