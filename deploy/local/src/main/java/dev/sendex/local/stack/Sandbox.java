package dev.sendex.local.stack;

import dev.sendex.local.backing.LocalSesSandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/// The stack's SES sandbox, and the settings of the services that refer to it.
record Sandbox(LocalSesSandbox ses, Secrets secrets) implements AutoCloseable {

    /// Starts the sandbox; its mail is kept across restarts.
    ///
    /// @param ingest where it posts its notifications
    static Sandbox start(StackDirectory directory, Secrets secrets, URI ingest) throws IOException {
        return of(
                LocalSesSandbox.start(directory.data("ses"), ingest, directory.log("ses-sandbox")),
                directory,
                secrets);
    }

    /// Like [#start], but it publishes its events to Kafka.
    static Sandbox startWithKafka(
            StackDirectory directory, Secrets secrets, String bootstrapServers) throws IOException {
        return of(
                LocalSesSandbox.startWithKafka(
                        directory.data("ses"), bootstrapServers, directory.log("ses-sandbox")),
                directory,
                secrets);
    }

    private static Sandbox of(LocalSesSandbox ses, StackDirectory directory, Secrets secrets)
            throws IOException {
        try {
            StackDirectory.writePrivately(directory.snsAuthority(), ses.certificatePem());
        } catch (IOException e) {
            ses.close();
            throw e;
        }
        return new Sandbox(ses, secrets);
    }

    void addSesSettings(Map<String, Object> settings) throws IOException {
        settings.put("sendex.domains.dns-server", ses.dnsServer());
        settings.put("quarkus.ses.endpoint-override", ses.url());
        settings.put("quarkus.ses.aws.region", LocalSesSandbox.REGION);
        settings.put("quarkus.ses.aws.credentials.type", "static");
        settings.put("quarkus.ses.aws.credentials.static-provider.access-key-id", "local-sandbox");
        settings.put(
                "quarkus.ses.aws.credentials.static-provider.secret-access-key",
                secrets.password("ses"));
    }

    void addSnsSettings(Path authority, Map<String, Object> settings) {
        settings.put("sendex.ingest.sns.topic-arns", LocalSesSandbox.TOPIC_ARN);
        settings.put("sendex.ingest.sns.endpoint", ses.url());
        settings.put("sendex.ingest.sns.certificate-authority", authority);
    }

    @Override
    public void close() {
        ses.close();
    }

    @Override
    public String toString() {
        return "Sandbox[" + ses.url() + "]";
    }
}
