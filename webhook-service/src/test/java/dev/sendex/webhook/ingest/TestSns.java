package dev.sendex.webhook.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// Signs messages as SNS does, with a certificate that it serves, and confirms subscriptions.
public final class TestSns implements AutoCloseable {

    static final String CERTIFICATE =
            "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    static final String TOPIC = "arn:aws:sns:eu-central-1:000000000000:sendex-ses-events";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final List<String> SIGNED =
            List.of(
                    "Message",
                    "MessageId",
                    "Subject",
                    "SubscribeURL",
                    "Timestamp",
                    "Token",
                    "TopicArn",
                    "Type");

    private final HttpServer server;
    private final Path certificate;
    private final PrivateKey key;
    private final AtomicInteger confirmations = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger fetches = new AtomicInteger();

    private TestSns(String subject)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("sns");
        Path store = folder.resolve("sns.p12");
        run(
                "-genkeypair",
                "-alias",
                "sns",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                subject,
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-storetype",
                "PKCS12");
        certificate = folder.resolve("sns.pem");
        run(
                "-exportcert",
                "-rfc",
                "-alias",
                "sns",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        key = (PrivateKey) keys.getKey("sns", PASSWORD.toCharArray());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(CERTIFICATE, fetches, Files.readString(certificate));
        serve("/confirm", confirmations, "<ConfirmSubscriptionResponse/>");
        server.start();
    }

    /// An SNS whose certificate the service has to be configured to trust.
    static TestSns trusted() {
        return of("CN=sns.amazonaws.com");
    }

    /// An SNS whose certificate is not trusted.
    static TestSns untrusted() {
        return of("CN=sns.amazonaws.com");
    }

    /// An SNS whose certificate has this subject.
    static TestSns of(String subject) {
        try {
            return new TestSns(subject);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    Path certificateFile() {
        return certificate;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// Also serves the certificate of another SNS.
    ///
    /// @return its URL
    String serve(TestSns other) {
        String path = "/SimpleNotificationService-%016x.pem".formatted(served.incrementAndGet());
        try {
            serve(path, new AtomicInteger(), Files.readString(other.certificate));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return url(path);
    }

    int confirmations() {
        return confirmations.get();
    }

    int fetches() {
        return fetches.get();
    }

    /// A notification with this message, not signed yet.
    Map<String, String> notification(String message) {
        return message("Notification", message, Map.of("Subject", "Amazon SES Email Event"));
    }

    /// The request to confirm a subscription, not signed yet.
    Map<String, String> confirmation() {
        return message(
                "SubscriptionConfirmation",
                "You have chosen to subscribe.",
                Map.of("Token", "token", "SubscribeURL", url("/confirm")));
    }

    private Map<String, String> message(String type, String message, Map<String, String> more) {
        Map<String, String> members = new LinkedHashMap<>(more);
        members.put("Type", type);
        members.put("MessageId", UUID.randomUUID().toString());
        members.put("TopicArn", TOPIC);
        members.put("Message", message);
        members.put("Timestamp", Instant.now().toString());
        members.put("SignatureVersion", "2");
        members.put("SigningCertURL", url(CERTIFICATE));
        members.put("UnsubscribeURL", url("/unsubscribe"));
        return members;
    }

    /// The message as it is posted, with a signature of the version that it names.
    String signed(Map<String, String> members) {
        try {
            StringBuilder text = new StringBuilder();
            new TreeMap<>(members)
                    .forEach((name, value) -> {
                        if (SIGNED.contains(name)) {
                            text.append(name).append('\n').append(value).append('\n');
                        }
                    });
            boolean first = members.get("SignatureVersion").equals("1");
            Signature signature = Signature.getInstance(first ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(text.toString().getBytes(StandardCharsets.UTF_8));
            Map<String, String> signed = new LinkedHashMap<>(members);
            signed.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
            return JSON.writeValueAsString(signed);
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void serve(String path, AtomicInteger count, String body) {
        server.createContext(
                path,
                exchange -> {
                    count.incrementAndGet();
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> line = new java.util.ArrayList<>(List.of(keytool));
        line.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
