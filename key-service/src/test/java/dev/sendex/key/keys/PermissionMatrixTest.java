package dev.sendex.key.keys;

import static dev.sendex.key.Callers.aKey;
import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.sendex.common.permission.Permission;
import dev.sendex.key.RunningService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Every endpoint that wants a permission, with a key of each single permission.
@QuarkusTest
@RunningService
class PermissionMatrixTest {

    private record Guarded(String method, String path, String permission) {}

    @Test
    void only_the_documented_permission_opens_an_endpoint() throws IOException {
        String owner = anOwner();
        List<Guarded> endpoints = guarded();
        assertThat(endpoints).hasSizeGreaterThan(4);

        for (Permission permission : Permission.values()) {
            String token = aKey(owner, permission.value());
            for (Guarded endpoint : endpoints) {
                boolean opens = endpoint.permission().equals(permission.value());
                Response response = call(token, endpoint);

                assertThat(isLackingPermission(response))
                        .as("%s with %s", endpoint, permission.value())
                        .isEqualTo(!opens);
                if (opens) {
                    assertThat(response.statusCode())
                            .as("%s with %s", endpoint, permission.value())
                            .isBetween(200, 499)
                            .isNotIn(401, 405, 429);
                }
            }
        }
    }

    private static boolean isLackingPermission(Response response) {
        return response.statusCode() == 403
                && response.header("WWW-Authenticate") != null
                && response.header("WWW-Authenticate").contains("insufficient_scope");
    }

    private static Response call(String token, Guarded endpoint) {
        String path = endpoint.path().replace("{id}", UUID.randomUUID().toString());
        var request = with(token);
        return endpoint.method().equals("GET") || endpoint.method().equals("DELETE")
                ? request.request(endpoint.method(), path)
                : request.body(Map.of()).request(endpoint.method(), path);
    }

    private static List<Guarded> guarded() throws IOException {
        JsonNode contract =
                new ObjectMapper(new YAMLFactory())
                        .readTree(
                                PermissionMatrixTest.class.getResourceAsStream(
                                        "/META-INF/openapi.yaml"));
        List<Guarded> guarded = new ArrayList<>();
        contract.path("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, operation) -> {
                            if (operation.has("x-permission")) {
                                guarded.add(
                                        new Guarded(
                                                method.toUpperCase(Locale.ROOT),
                                                path,
                                                operation.path("x-permission").textValue()));
                            }
                        }));
        return guarded;
    }
}
