package dev.sendex.webhook.ingest;

/// A signing certificate that is out of date or that no trusted authority issued.
final class UntrustedCertificate extends RuntimeException {

    UntrustedCertificate(Throwable cause) {
        super(cause);
    }
}
