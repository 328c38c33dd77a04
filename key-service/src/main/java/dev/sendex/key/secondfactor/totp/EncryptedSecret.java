package dev.sendex.key.secondfactor.totp;

/// An encrypted secret, and the version of its key.
public final class EncryptedSecret {

    private final int keyVersion;
    private final byte[] bytes;

    public EncryptedSecret(int keyVersion, byte[] bytes) {
        this.keyVersion = keyVersion;
        this.bytes = bytes.clone();
    }

    public int keyVersion() {
        return keyVersion;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "EncryptedSecret[hidden]";
    }
}
