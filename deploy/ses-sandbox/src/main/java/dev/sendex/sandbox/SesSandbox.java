package dev.sendex.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sendex.sandbox.SandboxMessage.Header;
import dev.sendex.sandbox.dns.ZoneServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A running SES sandbox on loopback.
///
/// ```java
/// try (SesSandbox ses = SesSandbox.start(SesSandboxOptions.defaults())) {
///     SesClient.builder().endpointOverride(URI.create(ses.url())) …
///     ses.messages();
/// }
/// ```
public final class SesSandbox implements AutoCloseable {

    private final SandboxControl control;
    private final Mailbox mailbox;
    private final EventWriter events;
    private final SigningCertificate certificate;
    private final ZoneServer dns;
    private final SandboxServer server;
    private final SnsMessages notifications;
    private final EventLog log = new EventLog();
    private final @Nullable KafkaEvents kafka;
    private volatile @Nullable SnsSubscription subscription;

    private SesSandbox(SesSandboxOptions options, InstantSource clock) throws IOException {
        Path directory = options.directory();
        if (directory != null) {
            PrivateFiles.createDirectory(directory);
        }
        control = new SandboxControl(options);
        mailbox = new Mailbox(options.keptMessages(), options.keptCharacters(), directory);
        events = new EventWriter(clock, options.region());
        String cluster = options.kafka();
        kafka = cluster == null ? null : KafkaEvents.start(cluster, control);
        dns = ZoneServer.start(options.dnsPort());
        certificate = SigningCertificate.of(directory);
        SendingLimits limits = new SendingLimits(control, clock);
        Identities identities = new Identities(control, directory);
        Sending sending = new Sending(identities, limits, clock, options.region(), this::accepted);
        SesActions actions =
                new SesActions(sending, limits, new IdentityActions(identities), control);
        server =
                SandboxServer.start(
                        options.port(),
                        new SandboxRoutes(
                                new SesProtocol(actions, control),
                                mailbox,
                                control,
                                certificate.pem(),
                                dns::put,
                                this::confirm));
        notifications = new SnsMessages(options.topicArn(), url(), certificate, control, clock);
    }

    /// Starts listening; the port is free again after [#close].
    public static SesSandbox start(SesSandboxOptions options) throws IOException {
        SesSandbox sandbox = new SesSandbox(options, InstantSource.system());
        if (options.ingest() != null) {
            sandbox.publishTo(options.ingest());
        }
        return sandbox;
    }

    /// The SES endpoint, which is also the URL of the page that shows the mail.
    public String url() {
        return server.url();
    }

    /// The certificate of the SNS signatures; also served at
    /// `/SimpleNotificationService-00000000000000000000000000000000.pem`.
    public String certificatePem() {
        return certificate.pem();
    }

    /// The emails kept, newest first.
    public List<SandboxMessage> messages() {
        return mailbox.newest();
    }

    /// The newest 10,000 events since the start, oldest first, as SES JSON, whether or not there is
    /// a subscription.
    public List<String> events() {
        return log.all();
    }

    /// The DNS server for the records of sender domains. `PUT /dns/{name}` also adds a TXT record,
    /// with its text as the body.
    public ZoneServer dns() {
        return dns;
    }

    public SandboxControl control() {
        return control;
    }

    /// Subscribes an endpoint, replacing the current one. Notifications are queued until it
    /// confirms the subscription.
    public synchronized void publishTo(URI ingest) {
        SnsSubscription before = subscription;
        if (before != null) {
            before.close();
        }
        SnsSubscription subscribed = new SnsSubscription(ingest, notifications, control);
        subscription = subscribed;
        subscribed.request();
    }

    /// Whether the endpoint has confirmed its subscription.
    public boolean isSubscribed() {
        SnsSubscription present = subscription;
        return present != null && present.isConfirmed();
    }

    /// Deletes all emails.
    public void clear() {
        mailbox.clear();
    }

    @Override
    public void close() {
        server.close();
        dns.close();
        SnsSubscription present = subscription;
        if (present != null) {
            present.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    private boolean confirm(String topicArn, String token) {
        SnsSubscription present = subscription;
        return present != null && present.confirm(topicArn, token);
    }

    /// SES publishes events through a configuration set only.
    private void accepted(SandboxMessage message, List<Header> submitted) {
        mailbox.add(message);
        if (message.configurationSet() != null && !control.discardsEvents()) {
            publish(message.id(), events.events(message, submitted));
        }
    }

    private void publish(String messageId, List<ObjectNode> events) {
        List<String> texts = new ArrayList<>();
        for (ObjectNode event : events) {
            texts.add(event + "\n");
            if (control.duplicatesEvents()) {
                texts.add(event + "\n");
            }
        }
        if (control.reordersEvents()) {
            Collections.reverse(texts);
        }
        log.add(texts);
        SnsSubscription present = subscription;
        if (present != null) {
            present.publish(texts);
        }
        if (kafka != null) {
            kafka.publish(messageId, texts);
        }
    }
}
