package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.MessageTag;
import software.amazon.awssdk.services.ses.model.SendRawEmailRequest;

/// Sends the tests' emails to a sandbox with the unmodified AWS SDK.
final class Sender {

    static final String DOMAIN = "acme.test";

    private Sender() {}

    static SesClient client(SesSandbox sandbox) {
        return SesClient.builder()
                .endpointOverride(URI.create(sandbox.url()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", UUID.randomUUID().toString())))
                .overrideConfiguration(
                        override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    static String send(SesClient ses, String... recipients) {
        return ses.sendRawEmail(email(recipients).build()).messageId();
    }

    static SendRawEmailRequest.Builder email(String... recipients) {
        return SendRawEmailRequest.builder()
                .source("no-reply@acme.test")
                .destinations(recipients)
                .configurationSetName("sendex")
                .tags(MessageTag.builder().name("sendex_email_id").value("0195f3c2").build())
                .rawMessage(
                        raw -> raw.data(SdkBytes.fromString(source(List.of(recipients)), UTF_8)));
    }

    static String source(List<String> recipients) {
        return """
        From: Acme <no-reply@acme.test>
        To: %s
        Subject: =?UTF-8?Q?Caf=C3=A9_is_ready?=
        Message-ID: <mine@acme.test>
        Date: Thu, 1 Jan 1970 00:00:00 +0000
        X-SES-CONFIGURATION-SET: ignored
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="b"

        --b
        Content-Type: text/plain; charset=UTF-8

        Hello
        --b
        Content-Type: text/html; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        <p>Caf=C3=A9<script>alert(1)</script></p>
        --b--
        """
                .formatted(String.join(", ", recipients))
                .replace("\n", "\r\n");
    }
}
