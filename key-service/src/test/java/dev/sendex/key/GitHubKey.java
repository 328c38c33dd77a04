package dev.sendex.key;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;

/// A key that signs like GitHub's, generated for every run.
public final class GitHubKey implements QuarkusTestResourceLifecycleManager {

    public static final String ID = "f9525bf080f75b35";

    private static final KeyPair KEY = pair();

    @Override
    public Map<String, String> start() {
        String der = Base64.getMimeEncoder().encodeToString(KEY.getPublic().getEncoded());
        return Map.of(
                "sendex.leaks.github.public-keys.\"" + ID + "\"",
                "-----BEGIN PUBLIC KEY-----\n" + der + "\n-----END PUBLIC KEY-----\n");
    }

    @Override
    public void stop() {}

    /// The signature of the body in the format of GitHub.
    public static String sign(byte[] body) {
        return sign(KEY, body);
    }

    public static String sign(KeyPair pair, byte[] body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
