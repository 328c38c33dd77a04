package dev.sendex.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The sandbox as a standalone program.
///
/// Prints its addresses and `ready` once it listens, and runs until it is terminated.
public final class SandboxProgram {

    private static final String USAGE =
            """
            The SES sandbox; all of these may be left out:
              --port N               of the SES endpoint, on 127.0.0.1 (8025)
              --dns-port N           of the DNS server, TCP on 127.0.0.1 (8053)
              --data DIR             keeps mail, identities and the SNS key there (nothing is kept)
              --ingest URL           where SNS notifications are posted (nowhere)
              --kafka HOST:PORT      where events are published to the topic ses.events instead (nowhere)
              --topic-arn ARN        the SNS topic
              --region NAME          (eu-west-1)
              --signature-version N  of SNS: 1 (SHA-1) or 2 (SHA-256) (2)
              --keep N               how many emails are kept (10000)
              --max-24-hour-send N   recipients in 24 hours (1000000)
              --max-send-rate N      recipients a second (500)\
            """;

    private SandboxProgram() {}

    /// Exits with status 1 after an error message of one sentence.
    public static void main(String[] arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(USAGE);
            return;
        }
        try {
            SesSandbox sandbox = SesSandbox.start(parse(Arrays.asList(arguments)));
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop"));
            System.out.println("SES sandbox at " + sandbox.url());
            System.out.println("DNS at " + sandbox.dns().address());
            System.out.println("ready");
        } catch (IOException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    static SesSandboxOptions parse(List<String> arguments) {
        SesSandboxOptions options = SesSandboxOptions.defaults().withPorts(8025, 8053);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(
                        name + " needs a value; --help lists the options.");
            }
            options = with(options, name, rest.next());
        }
        return options;
    }

    private static SesSandboxOptions with(SesSandboxOptions options, String name, String value) {
        return switch (name) {
            case "--port" -> options.withPorts(number(name, value), options.dnsPort());
            case "--dns-port" -> options.withPorts(options.port(), number(name, value));
            case "--data" -> options.withDirectory(Path.of(value));
            case "--ingest" -> options.withIngest(URI.create(value));
            case "--kafka" -> options.withKafka(value);
            case "--topic-arn" -> options.withTopic(value, options.region());
            case "--region" -> options.withTopic(options.topicArn(), value);
            case "--signature-version" -> options.withSignatureVersion(number(name, value));
            case "--keep" -> options.withKept(number(name, value), options.keptCharacters());
            case "--max-24-hour-send" ->
                    options.withLimits(number(name, value), options.maxSendRate());
            case "--max-send-rate" ->
                    options.withLimits(options.max24HourSend(), number(name, value));
            default ->
                    throw new IllegalArgumentException(
                            name + " is not an option; --help lists them.");
        };
    }

    private static int number(String name, String value) {
        if (!value.matches("[0-9]{1,8}")) {
            throw new IllegalArgumentException(
                    "%s needs a whole number, not %s.".formatted(name, value));
        }
        return Integer.parseInt(value);
    }
}
