package dev.sendex.key;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/// The required secrets of key-service, generated for every run.
public final class SecretsResource implements QuarkusTestResourceLifecycleManager {

    public static final String CLIENT = "tests";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CLIENT_SECRET = random();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "sendex.keys.peppers.\"1\"",
                random(),
                "sendex.keys.peppers.\"2\"",
                random(),
                "sendex.second-factor.keys.\"1\"",
                random(),
                "sendex.second-factor.keys.\"2\"",
                random(),
                "sendex.sessions.signing-key-file",
                signingKey().toString(),
                "sendex.introspection.resource-servers." + CLIENT + ".secret",
                CLIENT_SECRET);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                CLIENT_SECRET,
                new TestInjector.AnnotatedAndMatchesType(ClientSecret.class, String.class));
    }

    @Override
    public void stop() {}

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Path signingKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair key = generator.generateKeyPair();
            Path file = Files.createTempFile("session-signing-key", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    pem("PRIVATE KEY", key.getPrivate()) + pem("PUBLIC KEY", key.getPublic()));
        } catch (NoSuchAlgorithmException | IOException failure) {
            throw new UncheckedIOException(new IOException(failure));
        }
    }

    private static String pem(String name, Key key) {
        String body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, body);
    }
}
