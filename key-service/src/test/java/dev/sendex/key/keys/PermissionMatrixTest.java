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

/// Calls every endpoint that requires a permission with keys that have one permission each.
@QuarkusTest
@RunningService
class PermissionMatrixTest {

    private record Endpoint(String method, String path, String permission) {}

    @Test
    void every_endpoint_accepts_only_its_documented_permission() throws IOException {
        String owner = anOwner();
        List<Endpoint> endpoints = endpointsWithPermission();
        assertThat(endpoints).hasSizeGreaterThan(4);

        for (Permission permission : Permission.values()) {
            String token = aKey(owner, permission.value());
            for (Endpoint endpoint : endpoints) {
                boolean isAllowed = endpoint.permission().equals(permission.value());
                Response response = call(token, endpoint);

                assertThat(isLackingPermission(response))
                        .as("%s with %s", endpoint, permission.value())
                        .isEqualTo(!isAllowed);
                if (isAllowed) {
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

    private static Response call(String token, Endpoint endpoint) {
        String path = endpoint.path().replace("{id}", UUID.randomUUID().toString());
        var request = with(token);
        return endpoint.method().equals("GET") || endpoint.method().equals("DELETE")
                ? request.request(endpoint.method(), path)
                : request.body(Map.of()).request(endpoint.method(), path);
    }

    private static List<Endpoint> endpointsWithPermission() throws IOException {
        JsonNode contract =
                new ObjectMapper(new YAMLFactory())
                        .readTree(
                                PermissionMatrixTest.class.getResourceAsStream(
                                        "/META-INF/openapi.yaml"));
        List<Endpoint> found = new ArrayList<>();
        contract.path("paths")
                .forEachEntry((path, item) ->
                        item.forEachEntry((method, operation) -> {
                            if (operation.has("x-permission")) {
                                found.add(
                                        new Endpoint(
                                                method.toUpperCase(Locale.ROOT),
                                                path,
                                                operation.path("x-permission").textValue()));
                            }
                        }));
        return found;
    }
}
