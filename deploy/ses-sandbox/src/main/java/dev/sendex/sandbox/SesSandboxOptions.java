package dev.sendex.sandbox;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The options of a sandbox.
///
/// @param port 0 for any free port
/// @param dnsPort 0 for any free port
/// @param directory where mail, identities and the signing key are stored across restarts; null
///   stores nothing
/// @param ingest where SNS notifications are posted; null posts none until [SesSandbox#publishTo]
/// @param signatureVersion of SNS messages: 1 (SHA1withRSA) or 2 (SHA256withRSA)
/// @param keptMessages the maximum number of emails kept; the oldest are dropped
/// @param keptCharacters the maximum total length of the emails kept, including headers; the oldest
///   are dropped
/// @param max24HourSend the daily quota, in recipients
/// @param maxSendRate the sending rate, in recipients a second
/// @param kafka the bootstrap servers of the Kafka cluster that gets the events instead of SNS;
///   null for none
public record SesSandboxOptions(
        int port,
        int dnsPort,
        @Nullable Path directory,
        @Nullable URI ingest,
        String topicArn,
        String region,
        int signatureVersion,
        int keptMessages,
        long keptCharacters,
        double max24HourSend,
        double maxSendRate,
        @Nullable String kafka) {

    public SesSandboxOptions {
        if (ingest != null && kafka != null) {
            throw new IllegalArgumentException("Events go either to SNS or to Kafka, not to both.");
        }
        if (signatureVersion != 1 && signatureVersion != 2) {
            throw new IllegalArgumentException("SNS signs with version 1 or 2");
        }
        if (keptMessages < 1 || keptCharacters < 1) {
            throw new IllegalArgumentException("at least one message is kept");
        }
    }

    public static SesSandboxOptions defaults() {
        return new SesSandboxOptions(
                0,
                0,
                null,
                null,
                "arn:aws:sns:eu-west-1:" + SandboxAccount.ID + ":sendex-ses-events",
                "eu-west-1",
                2,
                10_000,
                Runtime.getRuntime().maxMemory() / 8,
                1_000_000,
                500,
                null);
    }

    public SesSandboxOptions withPorts(int port, int dnsPort) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withDirectory(Path directory) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withIngest(URI ingest) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withTopic(String topicArn, String region) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withSignatureVersion(int signatureVersion) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withKept(int keptMessages, long keptCharacters) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withLimits(double max24HourSend, double maxSendRate) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }

    public SesSandboxOptions withKafka(String kafka) {
        return new SesSandboxOptions(
                port,
                dnsPort,
                directory,
                ingest,
                topicArn,
                region,
                signatureVersion,
                keptMessages,
                keptCharacters,
                max24HourSend,
                maxSendRate,
                kafka);
    }
}
