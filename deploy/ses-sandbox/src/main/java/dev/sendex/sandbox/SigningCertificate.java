package dev.sendex.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The key that signs SNS messages, and its certificate. Created with the JDK's `keytool`, since
/// Java has no public API for creating certificates.
final class SigningCertificate {

    private static final String ALIAS = "sns";

    private final PrivateKey key;
    private final String pem;

    private SigningCertificate(PrivateKey key, String pem) {
        this.key = key;
        this.pem = pem;
    }

    /// Loads the certificate from the directory, or creates one if there is none or no directory.
    static SigningCertificate of(@Nullable Path directory) throws IOException {
        try {
            if (directory == null) {
                return create();
            }
            Path keyFile = directory.resolve("sns-key.der");
            Path pemFile = directory.resolve("sns-certificate.pem");
            if (!Files.exists(keyFile) || !Files.exists(pemFile)) {
                SigningCertificate created = create();
                PrivateFiles.write(pemFile, created.pem.getBytes(US_ASCII));
                PrivateFiles.write(keyFile, created.key.getEncoded());
                return created;
            }
            PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(Files.readAllBytes(keyFile));
            return new SigningCertificate(
                    KeyFactory.getInstance("RSA").generatePrivate(encoded),
                    Files.readString(pemFile));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the SNS signing key in " + directory, e);
        }
    }

    String pem() {
        return pem;
    }

    /// @param version 1 signs with SHA-1, 2 with SHA-256
    String sign(String text, int version) {
        try {
            Signature signature =
                    Signature.getInstance(version == 1 ? "SHA1withRSA" : "SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with the sandbox's own key", e);
        }
    }

    private static SigningCertificate create() throws IOException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("ses-sandbox");
        Path store = directory.resolve("sns.p12");
        String password = new BigInteger(160, new SecureRandom()).toString(36);
        try {
            keytool(store, password);
            try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(store))) {
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(in, password.toCharArray());
                return new SigningCertificate(
                        (PrivateKey) keys.getKey(ALIAS, password.toCharArray()),
                        pem(keys.getCertificate(ALIAS).getEncoded()));
            }
        } finally {
            Files.deleteIfExists(store);
            Files.deleteIfExists(directory);
        }
    }

    private static void keytool(Path store, String password) throws IOException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder command =
                new ProcessBuilder(
                        List.of(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "RSA",
                                "-keysize",
                                "2048",
                                "-validity",
                                "3650",
                                "-dname",
                                "CN=sns.amazonaws.com, O=SES sandbox",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass:env",
                                "SANDBOX_STORE_PASSWORD"));
        command.environment().put("SANDBOX_STORE_PASSWORD", password);
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("keytool could not make the SNS certificate: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while making the SNS certificate", e);
        }
    }

    private static String pem(byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }
}
