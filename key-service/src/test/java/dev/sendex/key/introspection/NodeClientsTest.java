package dev.sendex.key.introspection;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sendex.key.ClientKeys;
import dev.sendex.key.ClientSecret;
import dev.sendex.key.RegisteredServices;
import dev.sendex.key.RunningService;
import dev.sendex.key.SecretsResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/// `oauth4webapi` and `openid-client`, unmodified, against the running service (`src/test/node`).
@QuarkusTest
@RunningService
class NodeClientsTest {

    private static final Path SCRIPTS = Path.of("src/test/node").toAbsolutePath();
    private static final Map<String, String> KEY_OF_ALGORITHM =
            Map.of("ES256", "es", "RS256", "rsa", "PS256", "rsa", "Ed25519", "ed");
    private static final long LIMIT_MINUTES = 3;

    @ClientSecret String secret;
    @ClientKeys Map<String, KeyPair> keys;

    @Test
    void clients_from_npm_introspect_unmodified() throws Exception {
        String owner = anOwner();
        Response key = issue(owner, Map.of("permissions", List.of("emails:send", "emails:read")));
        Response revoked = issue(owner, Map.of("preset", "read_only"));
        with(owner).delete("/v1/api-keys/" + revoked.path("id")).then().statusCode(200);
        Map<String, String> settings =
                Map.of(
                        "SENDEX_URL",
                        "http://127.0.0.1:" + RestAssured.port,
                        "SENDEX_TOKEN",
                        key.path("token"),
                        "SENDEX_KEY_ID",
                        key.path("id"),
                        "SENDEX_REVOKED_TOKEN",
                        revoked.path("token"),
                        "SENDEX_CLIENT_ID",
                        SecretsResource.CLIENT,
                        "SENDEX_CLIENT_SECRET",
                        secret,
                        "SENDEX_SIGNING_CLIENT_ID",
                        RegisteredServices.SIGNING,
                        "SENDEX_SIGNING_KEYS",
                        new ObjectMapper().writeValueAsString(jwks()));

        npm(Map.of(), "ci");
        npm(settings, "test");
    }

    private Map<String, Map<String, Object>> jwks() throws JoseException {
        Map<String, Map<String, Object>> all = new HashMap<>();
        for (Map.Entry<String, String> entry : KEY_OF_ALGORITHM.entrySet()) {
            KeyPair pair = keys.get(entry.getValue());
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            key.setPrivateKey(pair.getPrivate());
            key.setKeyId(entry.getValue());
            all.put(entry.getKey(), key.toParams(OutputControlLevel.INCLUDE_PRIVATE));
        }
        return all;
    }

    // Its output goes to a file because Surefire uses this process's own output for its protocol.
    private static void npm(Map<String, String> settings, String command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("sendex-npm-", ".log");
        ProcessBuilder npm =
                new ProcessBuilder(List.of("npm", "--no-update-notifier", command))
                        .directory(SCRIPTS.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        npm.environment().putAll(settings);
        try {
            Process running = npm.start();
            running.getOutputStream().close();
            boolean ended = running.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
            assertThat(ended && running.exitValue() == 0)
                    .as("npm %s:%n%s", command, Files.readString(output))
                    .isTrue();
        } finally {
            Files.delete(output);
        }
    }
}
