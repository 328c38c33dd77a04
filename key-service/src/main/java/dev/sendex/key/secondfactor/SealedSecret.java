package dev.sendex.key.secondfactor;

/// What is stored of a secret: its encrypted form, and under which key.
final class SealedSecret {

    private final int keyVersion;
    private final byte[] bytes;

    SealedSecret(int keyVersion, byte[] bytes) {
        this.keyVersion = keyVersion;
        this.bytes = bytes.clone();
    }

    int keyVersion() {
        return keyVersion;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "SealedSecret[hidden]";
    }
}
