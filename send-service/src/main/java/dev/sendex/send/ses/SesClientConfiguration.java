package dev.sendex.send.ses;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.SesAsyncClientBuilder;

/// The extension's client without the SDK's own retries. A retried send can be a second mail:
/// whether to try again is decided where it is known what the first try may have done.
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
