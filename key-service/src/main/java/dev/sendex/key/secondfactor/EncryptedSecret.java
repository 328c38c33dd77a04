package dev.sendex.key.secondfactor;

/// What is stored of a secret: its encrypted form, and under which key.
final class EncryptedSecret {

    private final int keyVersion;
    private final byte[] bytes;

    EncryptedSecret(int keyVersion, byte[] bytes) {
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
        return "EncryptedSecret[hidden]";
    }
}
