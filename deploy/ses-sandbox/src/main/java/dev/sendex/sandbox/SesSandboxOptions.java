package dev.sendex.sandbox;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a sandbox is set up.
///
/// @param port 0 takes a free one
/// @param dnsPort 0 takes a free one
/// @param directory where mail, identities and the signing key outlive a restart; null keeps
///   nothing
/// @param ingest where SNS notifications go; null publishes none until [SesSandbox#publishTo]
/// @param signatureVersion of SNS messages: 1 (SHA1withRSA) or 2 (SHA256withRSA)
/// @param keptMessages how many of the newest emails are kept
/// @param keptCharacters how long the kept emails are in all, headers included; older ones are
///   dropped
/// @param max24HourSend the daily quota, in recipients
/// @param maxSendRate the sending rate, in recipients a second
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
        double maxSendRate) {

    public SesSandboxOptions {
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
                500);
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
                maxSendRate);
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
                maxSendRate);
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
                maxSendRate);
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
                maxSendRate);
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
                maxSendRate);
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
                maxSendRate);
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
                maxSendRate);
    }
}
