package dev.sendex.key.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sendex.key.clients.ClientCredentials.Secret;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;

class ResourceServersTest {

    private static final String SECRET = "a secret + 16 more%";

    @Test
    void a_secret_can_be_form_encoded_or_not() {
        ResourceServers servers = servers(Map.of("secret", SECRET));

        assertThat(servers.find(new Secret("billing", SECRET))).isNotNull();
        assertThat(servers.find(new Secret("billing", "a+secret+%2B+16+more%25"))).isNotNull();
        assertThat(servers.find(new Secret("billing", "a secret"))).isNull();
        assertThat(servers.find(new Secret("unknown", SECRET))).isNull();
        assertThat(servers.find(new Secret("unknown", ""))).isNull();
    }

    @Test
    void a_missing_or_short_secret_prevents_the_start() {
        assertRefused(Map.of("lease", "1h"), "secret is missing");
        assertRefused(Map.of("secret", "fifteen letters"), "fewer than 16");
    }

    @Test
    void two_authentication_methods_for_a_service_prevent_the_start() throws Exception {
        assertRefused(Map.of("secret", SECRET, "public-keys", pem("EC", 256)), "public keys");
        assertRefused(
                Map.of(
                        "auth-method",
                        "private_key_jwt",
                        "public-keys",
                        pem("EC", 256),
                        "secret",
                        SECRET),
                "has a secret");
    }

    @Test
    void a_missing_or_invalid_key_prevents_the_start() throws Exception {
        Map<String, String> signing = Map.of("auth-method", "private_key_jwt");
        assertRefused(signing, "either");
        assertRefused(with(signing, "public-keys-file", "/nowhere/at.all"), "cannot be read");
        assertRefused(with(signing, "public-keys", "nothing"), "no public key");
        assertRefused(with(signing, "public-keys", "{}"), "no JWK set");
        assertRefused(with(signing, "public-keys", "{\"keys\":[]}"), "no public key");
        assertRefused(with(signing, "public-keys", pem("RSA", 1024)), "2048");
        assertRefused(with(signing, "public-keys", pem("X25519", 255)), "neither");
        assertRefused(
                with(signing, "public-keys", pem("EC", 256).replace("PUBLIC KEY", "PRIVATE KEY")),
                "not a PUBLIC KEY");
        assertRefused(with(signing, "public-keys", privateJwks()), "a private key");
        assertRefused(
                with(
                        signing,
                        "public-keys",
                        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0\"}]}"),
                "not public");
    }

    @Test
    void a_service_can_have_several_keys_of_any_type() throws Exception {
        String keys = pem("EC", 256) + pem("RSA", 2048) + pem("Ed25519", 255);

        ResourceServers servers =
                servers(Map.of("auth-method", "private_key_jwt", "public-keys", keys));

        assertThat(servers.findSigning("billing").keys()).hasSize(3);
        assertThat(servers.find(new Secret("billing", ""))).isNull();
    }

    private static void assertRefused(Map<String, String> registration, String message) {
        assertThatThrownBy(() -> servers(registration)).hasMessageContaining(message);
    }

    private static ResourceServers servers(Map<String, String> registration) {
        Map<String, String> settings = new HashMap<>();
        settings.put("sendex.introspection.url", "http://127.0.0.1");
        settings.put("sendex.introspection.issuer", "http://127.0.0.1");
        registration.forEach((name, value) ->
                settings.put("sendex.introspection.resource-servers.billing." + name, value));
        ClientConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 100, new DurationConverter())
                        .withMapping(ClientConfig.class)
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build()
                        .getConfigMapping(ClientConfig.class);
        return new ResourceServers(config);
    }

    private static Map<String, String> with(
            Map<String, String> settings, String name, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(name, value);
        return all;
    }

    private static String pem(String algorithm, int bits) throws Exception {
        byte[] key = pair(algorithm, bits).getPublic().getEncoded();
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static KeyPair pair(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.contains("25519")) {
            generator.initialize(bits);
        }
        return generator.generateKeyPair();
    }

    private static String privateJwks() throws Exception {
        KeyPair pair = pair("EC", 256);
        PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
        key.setPrivateKey(pair.getPrivate());
        return new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_PRIVATE);
    }
}
