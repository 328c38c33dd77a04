package dev.sendex.local.stack;

import dev.sendex.local.ses.SesSandbox;
import dev.sendex.local.ses.SesSandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The stack's Amazon SES and SNS, and how the services are told of them.
final class Sandbox implements AutoCloseable {

    private final SesSandbox ses;
    private final SesSandboxOptions options;
    private final Secrets secrets;

    private Sandbox(SesSandbox ses, SesSandboxOptions options, Secrets secrets) {
        this.ses = ses;
        this.options = options;
        this.secrets = secrets;
    }

    /// Starts it; its mail outlives a restart.
    ///
    /// @param ingest where it posts its notifications
    static Sandbox start(StackDirectory directory, Secrets secrets, URI ingest) throws IOException {
        SesSandboxOptions options =
                SesSandboxOptions.defaults()
                        .withDirectory(directory.data("ses"))
                        .withIngest(ingest);
        SesSandbox ses = SesSandbox.start(options);
        Files.writeString(directory.snsAuthority(), ses.certificatePem());
        return new Sandbox(ses, options, secrets);
    }

    URI url() {
        return URI.create(ses.url());
    }

    /// Sets a TXT record of a domain, as its owner would.
    void setText(String name, String text) {
        ses.dns().put(name, text);
    }

    void addSesSettings(Map<String, Object> settings) throws IOException {
        settings.put("sendex.domains.dns-server", ses.dns().address());
        settings.put("quarkus.ses.endpoint-override", ses.url());
        settings.put("quarkus.ses.aws.region", options.region());
        settings.put("quarkus.ses.aws.credentials.type", "static");
        settings.put("quarkus.ses.aws.credentials.static-provider.access-key-id", "local-sandbox");
        settings.put(
                "quarkus.ses.aws.credentials.static-provider.secret-access-key",
                secrets.password("ses"));
    }

    void addSnsSettings(Path authority, Map<String, Object> settings) {
        settings.put("sendex.ingest.sns.topic-arns", options.topicArn());
        settings.put("sendex.ingest.sns.endpoint", ses.url());
        settings.put("sendex.ingest.sns.certificate-authority", authority);
    }

    @Override
    public void close() {
        ses.close();
    }
}
