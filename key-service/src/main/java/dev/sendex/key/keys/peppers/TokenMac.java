package dev.sendex.key.keys.peppers;

import java.security.MessageDigest;

/// The stored form of a token: its HMAC-SHA-256 and the version of the pepper.
public final class TokenMac {

    private final int pepperVersion;
    private final byte[] bytes;

    public TokenMac(int pepperVersion, byte[] bytes) {
        this.pepperVersion = pepperVersion;
        this.bytes = bytes.clone();
    }

    public int pepperVersion() {
        return pepperVersion;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /// Compares in constant time.
    boolean matches(byte[] other) {
        return MessageDigest.isEqual(bytes, other);
    }

    @Override
    public String toString() {
        return "TokenMac[hidden]";
    }
}
