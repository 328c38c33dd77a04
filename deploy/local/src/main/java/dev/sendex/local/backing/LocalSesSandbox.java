package dev.sendex.local.backing;

import dev.sendex.local.process.Checkout;
import dev.sendex.local.process.ChildProcess;
import dev.sendex.local.process.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The SES sandbox in its own JVM, so that running out of memory affects nothing else.
public final class LocalSesSandbox implements AutoCloseable {

    public static final String REGION = "eu-west-1";
    public static final String TOPIC_ARN =
            "arn:aws:sns:" + REGION + ":111122223333:sendex-ses-events";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final Path directory;
    private final int port;
    private final int dnsPort;

    private LocalSesSandbox(ChildProcess process, Path directory, int port, int dnsPort) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.dnsPort = dnsPort;
    }

    /// Returns once the sandbox accepts requests.
    ///
    /// @param directory owned by the caller; a sandbox started again with it has its mail,
    ///   identities and SNS key
    /// @param ingest where it posts its notifications
    public static LocalSesSandbox start(Path directory, URI ingest, Path log) throws IOException {
        return start(directory, List.of("--ingest", ingest.toString()), log);
    }

    /// Like [#start], but it publishes its events to Kafka.
    public static LocalSesSandbox startWithKafka(Path directory, String bootstrapServers, Path log)
            throws IOException {
        return start(directory, List.of("--kafka", bootstrapServers), log);
    }

    private static LocalSesSandbox start(Path directory, List<String> destination, Path log)
            throws IOException {
        int port = Ports.free();
        int dnsPort = Ports.free();
        ChildProcess process =
                ChildProcess.start(
                        "ses-sandbox",
                        command(port, dnsPort, directory, destination),
                        Map.of(),
                        log);
        try {
            process.awaitLine("ready", START_TIMEOUT);
        } catch (IOException e) {
            process.close();
            throw e;
        }
        return new LocalSesSandbox(process, directory, port, dnsPort);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The address in the form `127.0.0.1:53`.
    public String dnsServer() {
        return "127.0.0.1:" + dnsPort;
    }

    public ChildProcess process() {
        return process;
    }

    /// The certificate of the key that signs SNS notifications.
    public String certificatePem() throws IOException {
        return Files.readString(directory.resolve("sns-certificate.pem"));
    }

    /// Adds a TXT record to the sandbox's DNS server.
    public void setText(String name, String text) throws IOException {
        String path = "/dns/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(url().resolve(path))
                        .timeout(ANSWER_TIMEOUT)
                        .PUT(HttpRequest.BodyPublishers.ofString(text))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IOException("the SES sandbox answered " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private static List<String> command(
            int port, int dnsPort, Path directory, List<String> destination) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dslf4j.internal.verbosity=ERROR");
        command.addAll(List.of("-cp", Checkout.classPath("deploy/ses-sandbox")));
        command.add("dev.sendex.sandbox.SandboxProgram");
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--dns-port", Integer.toString(dnsPort)));
        command.addAll(List.of("--data", directory.toString()));
        command.addAll(destination);
        command.addAll(List.of("--region", REGION, "--topic-arn", TOPIC_ARN));
        return command;
    }
}
