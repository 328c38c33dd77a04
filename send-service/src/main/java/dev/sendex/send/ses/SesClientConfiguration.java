package dev.sendex.send.ses;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.SesAsyncClientBuilder;

/// Disables the SDK's own retries, since a retried send can result in a second email. Callers
/// decide whether to retry, based on the outcome of the first attempt.
class SesClientConfiguration {

    @Produces
    @ApplicationScoped
    SesAsyncClient client(SesAsyncClientBuilder builder) {
        ClientOverrideConfiguration withoutRetries =
                builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .build();
        return builder.overrideConfiguration(withoutRetries).build();
    }
}
