package dev.sendex.local.stack;

import dev.sendex.local.gateway.Service;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Properties;
import java.util.function.Supplier;

/// The secrets of a stack: generated when first needed, stored with its data, and readable only by
/// their owner.
final class Secrets {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StackDirectory directory;
    private final Properties kept = new Properties();

    private Secrets(StackDirectory directory) {
        this.directory = directory;
    }

    static Secrets open(StackDirectory directory) throws IOException {
        Secrets secrets = new Secrets(directory);
        if (Files.exists(secrets.file())) {
            try (Reader reader = Files.newBufferedReader(secrets.file())) {
                secrets.kept.load(reader);
            }
        }
        return secrets;
    }

    /// Base64, as key-service wants it.
    String pepper() throws IOException {
        return get("pepper.1", () -> Base64.getEncoder().encodeToString(random()));
    }

    /// The key in base64 that encrypts the secrets of authenticator apps in key-service.
    String secondFactorKey() throws IOException {
        return get("second-factor-key.1", () -> Base64.getEncoder().encodeToString(random()));
    }

    /// The key in base64 that encrypts signing secrets in webhook-service.
    String webhookSecretKey() throws IOException {
        return get("webhook-secret-key", () -> Base64.getEncoder().encodeToString(random()));
    }

    /// The secret with which a service authenticates to introspection.
    String clientSecret(Service service) throws IOException {
        return clientSecret(service.module());
    }

    String clientSecret(String client) throws IOException {
        return get("client." + client, Secrets::text);
    }

    /// A random text.
    String password(String name) throws IOException {
        return get("password." + name, Secrets::text);
    }

    /// A token that the API shows only once; created by `make` if it is not stored yet.
    synchronized String token(String name, Parts.Start<String> issue) throws IOException {
        if (!kept.containsKey("token." + name)) {
            put("token." + name, issue.start());
        }
        return kept.getProperty("token." + name);
    }

    /// The PEM file of the EC key that signs sessions: the private key (PKCS#8), then the public
    /// one.
    synchronized Path sessionSigningKey() throws IOException {
        Path file = directory.secret("session-signing-key.pem");
        if (!Files.exists(file)) {
            StackDirectory.writePrivately(file, newSigningKey());
        }
        return file;
    }

    /// Synchronized, since services are started in parallel.
    private synchronized String get(String name, Supplier<String> make) throws IOException {
        if (!kept.containsKey(name)) {
            put(name, make.get());
        }
        return kept.getProperty(name);
    }

    private void put(String name, String value) throws IOException {
        kept.setProperty(name, value);
        StringWriter text = new StringWriter();
        kept.store(text, "Secrets of this local stack; they are worth nothing elsewhere.");
        StackDirectory.writePrivately(file(), text.toString());
    }

    private Path file() {
        return directory.secret("secrets.properties");
    }

    private static String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random());
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String newSigningKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair key = generator.generateKeyPair();
            return pem("PRIVATE KEY", key.getPrivate()) + pem("PUBLIC KEY", key.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, Key key) {
        String base64 =
                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64);
    }
}
