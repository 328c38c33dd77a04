package dev.sendex.send.ses;

import dev.sendex.send.ses.SendOutcome.Rejected;
import dev.sendex.send.ses.SendOutcome.Throttled;
import dev.sendex.send.ses.SendOutcome.Unavailable;
import dev.sendex.send.ses.SendOutcome.Unknown;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// Classifies failed calls to SES.
final class SesFailures {

    private static final Set<String> THROTTLING =
            Set.of(
                    "Throttling",
                    "ThrottlingException",
                    "TooManyRequestsException",
                    "LimitExceeded");

    /// Errors that concern the email itself. For all others, such as credentials, a missing
    /// configuration set, a paused account or the DNS records of a MAIL FROM domain, the email is
    /// retried until somebody has fixed the cause.
    private static final Set<String> ABOUT_THE_EMAIL =
            Set.of(
                    "MessageRejected",
                    "InvalidParameterValue",
                    "InvalidParameterCombination",
                    "ValidationError");

    /// How the SDK's messages begin if no request was sent: no credentials were found, or the pool
    /// had no connection (`NettyUtils`).
    private static final Set<String> BEFORE_THE_REQUEST =
            Set.of(
                    "Unable to load credentials",
                    "Failed to load credentials",
                    "Unable to fetch credentials",
                    "Cannot fetch credentials",
                    "Failed to refresh process-based credentials",
                    "Acquire operation took longer",
                    "Maximum pending connection acquisitions exceeded");

    /// How the message of `MessageRejected` begins if SES refuses every email of the AWS account.
    private static final Set<String> ABOUT_THE_ACCOUNT =
            Set.of("Sending paused", "Sending suspended");

    private static final String DAILY_QUOTA = "Daily message quota exceeded";

    private SesFailures() {}

    static SendOutcome outcome(Throwable failure) {
        if (failure instanceof AwsServiceException answered) {
            return outcome(answered);
        }
        return wasNotSent(failure)
                ? new Unavailable("Amazon SES could not be reached")
                : new Unknown("the connection to Amazon SES ended before its answer came");
    }

    static boolean isThrottling(Throwable failure) {
        return failure instanceof AwsServiceException answered
                && (answered.statusCode() == 429 || THROTTLING.contains(code(answered)));
    }

    private static SendOutcome outcome(AwsServiceException answer) {
        if (isThrottling(answer)) {
            return new Throttled(message(answer).contains(DAILY_QUOTA));
        }
        return isAboutTheEmail(answer)
                ? new Rejected(message(answer))
                : new Unavailable("%s (%d)".formatted(code(answer), answer.statusCode()));
    }

    private static boolean isAboutTheEmail(AwsServiceException answer) {
        return ABOUT_THE_EMAIL.contains(code(answer))
                && ABOUT_THE_ACCOUNT.stream().noneMatch(message(answer)::startsWith);
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String message(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorMessage() == null ? "" : details.errorMessage();
    }

    private static boolean isBeforeRequest(@Nullable String message) {
        return message != null && BEFORE_THE_REQUEST.stream().anyMatch(message::startsWith);
    }

    private static boolean wasNotSent(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || isBeforeRequest(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
