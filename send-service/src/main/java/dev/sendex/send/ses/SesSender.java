package dev.sendex.send.ses;

import dev.sendex.common.ses.SesMail;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ses.SesAsyncClient;
import software.amazon.awssdk.services.ses.model.GetSendQuotaRequest;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;

/// Sends composed emails through Amazon SES.
@ApplicationScoped
public class SesSender {

    private final SesAsyncClient ses;
    private final SesConfig config;

    SesSender(SesAsyncClient ses, SesConfig config) {
        this.ses = ses;
        this.config = config;
    }

    /// A composed email with its envelope. Only the destinations receive it, whatever the message's
    /// headers list.
    ///
    /// @param tags returned with every event about the email
    public record RawEmail(
            String source, List<String> destinations, Buffer message, Map<String, String> tags) {
        public RawEmail {
            destinations = List.copyOf(destinations);
            tags = Map.copyOf(tags);
        }
    }

    /// Never fails: failures are outcomes too.
    public Uni<SendOutcome> send(RawEmail email) {
        SendRawEmailRequest request = request(email);
        return SesCalls.call(() -> ses.sendRawEmail(request))
                .<SendOutcome>map(answer -> new SendOutcome.Accepted(answer.messageId()))
                .onFailure()
                .recoverWithItem(SesFailures::outcome);
    }

    /// The header `Message-ID` of an email that SES has accepted.
    public String messageIdHeader(String messageId) {
        return SesMail.messageIdHeader(messageId, region());
    }

    /// The region that emails are sent in.
    public String region() {
        return ses.serviceClientConfiguration().region().id();
    }

    /// The current sending rate of the AWS account, in recipients per second.
    public Uni<Double> maxSendRate() {
        GetSendQuotaRequest request =
                GetSendQuotaRequest.builder()
                        .overrideConfiguration(o -> o.apiCallTimeout(config.callTimeout()))
                        .build();
        return SesCalls.call(() -> ses.getSendQuota(request)).map(quota -> quota.maxSendRate());
    }

    private SendRawEmailRequest request(RawEmail email) {
        return SendRawEmailRequest.builder()
                .source(email.source())
                .destinations(email.destinations())
                .rawMessage(
                        raw -> raw.data(SdkBytes.fromByteArrayUnsafe(email.message().getBytes())))
                .tags(tags(email.tags()))
                .configurationSetName(config.configurationSet())
                .overrideConfiguration(o -> o.apiCallTimeout(config.sendTimeout()))
                .build();
    }

    private static List<MessageTag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> MessageTag.builder().name(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
