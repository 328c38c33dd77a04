package dev.sendex.webhook.ingest;

/// A signing certificate that is expired, is not SNS's, or was not issued by a trusted authority.
final class UntrustedCertificate extends RuntimeException {

    UntrustedCertificate(Throwable cause) {
        super(cause);
    }
}
