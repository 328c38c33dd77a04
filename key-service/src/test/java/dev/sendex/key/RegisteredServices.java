package dev.sendex.key;

import dev.sendex.local.process.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// Services that sign assertions: `signing` with several keys in a JWK set, `signing-pem` with one
/// in a PEM file. Also sets the URL of this service, which must be known before it starts.
public final class RegisteredServices implements QuarkusTestResourceLifecycleManager {

    public static final String SIGNING = "signing";
    public static final String SIGNING_PEM = "signing-pem";

    private static final String SERVERS = "sendex.introspection.resource-servers.";
    private static final Map<String, KeyPair> KEYS =
            Map.of("es", ec(), "rsa", pair("RSA"), "ed", pair("Ed25519"), "pem", ec());
    private static final int PORT = Ports.free();
    private static final int MANAGEMENT_PORT = Ports.free();

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("quarkus.http.test-port", Integer.toString(PORT)),
                Map.entry("quarkus.management.test-port", Integer.toString(MANAGEMENT_PORT)),
                Map.entry("sendex.introspection.url", "http://127.0.0.1:" + PORT),
                Map.entry(SERVERS + SIGNING + ".auth-method", "private_key_jwt"),
                Map.entry(SERVERS + SIGNING + ".public-keys", jwks()),
                Map.entry(SERVERS + SIGNING_PEM + ".auth-method", "private_key_jwt"),
                Map.entry(SERVERS + SIGNING_PEM + ".public-keys-file", pem().toString()),
                Map.entry(SERVERS + SIGNING_PEM + ".lease", "60s"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                KEYS, new TestInjector.AnnotatedAndMatchesType(ClientKeys.class, Map.class));
    }

    @Override
    public void stop() {}

    private static String jwks() {
        return new JsonWebKeySet(jwk("es"), jwk("rsa"), jwk("ed")).toJson();
    }

    private static PublicJsonWebKey jwk(String id) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(KEYS.get(id).getPublic());
            key.setKeyId(id);
            return key;
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path pem() {
        PublicKey key = KEYS.get("pem").getPublic();
        String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        try {
            Path file = Files.createTempFile("client-key", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
