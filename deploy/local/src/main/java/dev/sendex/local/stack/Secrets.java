package dev.sendex.local.stack;

import dev.sendex.local.gateway.Service;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Properties;
import java.util.function.Supplier;

/// The secrets of a stack: made when they are first wanted, kept with its data, readable by their
/// owner only.
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

    /// With which a service asks for introspection.
    String clientSecret(Service service) throws IOException {
        return clientSecret(service.module());
    }

    String clientSecret(String client) throws IOException {
        return get("client." + client, Secrets::text);
    }

    /// For what only has to be hard to guess.
    String password(String name) throws IOException {
        return get("password." + name, Secrets::text);
    }

    /// A token that was shown once; made by whoever calls, if it is not kept yet.
    String token(String name, Parts.Start<String> issue) throws IOException {
        if (!kept.containsKey("token." + name)) {
            put("token." + name, issue.start());
        }
        return kept.getProperty("token." + name);
    }

    /// The PKCS#8 file of the EC key that signs sessions.
    Path sessionSigningKey() throws IOException {
        Path file = directory.secret("session-signing-key.pem");
        if (!Files.exists(file)) {
            StackDirectory.writePrivately(file, newSigningKey());
        }
        return file;
    }

    private String get(String name, Supplier<String> make) throws IOException {
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
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return """
            -----BEGIN PRIVATE KEY-----
            %s
            -----END PRIVATE KEY-----
            """
                    .formatted(Base64.getMimeEncoder().encodeToString(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
