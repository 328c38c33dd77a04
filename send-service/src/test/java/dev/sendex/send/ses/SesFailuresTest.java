package dev.sendex.send.ses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SendOutcome.Throttled;
import dev.sendex.send.ses.SendOutcome.Unavailable;
import dev.sendex.send.ses.SendOutcome.Unknown;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.model.SesException;

class SesFailuresTest {

    @Test
    void throttling_by_rate_and_by_quota_are_told_apart() {
        assertThat(SesFailures.outcome(answer(400, "Throttling", "Maximum sending rate exceeded.")))
                .isEqualTo(new Throttled(false));
        assertThat(SesFailures.outcome(answer(400, "Throttling", "Daily message quota exceeded.")))
                .isEqualTo(new Throttled(true));
    }

    @Test
    void only_what_is_about_the_email_is_final() {
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

    @Test
    void without_an_answer_it_counts_whether_the_request_left() {
        assertThat(SesFailures.outcome(SdkClientException.create("x", new ConnectException())))
                .isInstanceOf(Unavailable.class);
        assertThat(SesFailures.outcome(ApiCallTimeoutException.create(10)))
                .isInstanceOf(Unknown.class);
        assertThat(SesFailures.outcome(SdkClientException.create("closed")))
                .isInstanceOf(Unknown.class);
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
