package dev.sendex.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A new account, whose keys are created and revoked over the API.
final class Tenant {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final LoadClient client;
    private final URI keyService;
    private final String session;

    private Tenant(LoadClient client, URI keyService, String session) {
        this.client = client;
        this.keyService = keyService;
        this.session = session;
    }

    record Key(String id, String token) {

        @Override
        public String toString() {
            return "Key[" + id + "]";
        }
    }

    static Tenant signUp(LoadClient client, URI keyService) throws IOException {
        Map<String, String> account =
                Map.of(
                        "email",
                        "bench-" + UUID.randomUUID() + "@sendex.example",
                        "password",
                        UUID.randomUUID().toString(),
                        "account_name",
                        "Bench");
        Call signUp = Call.json(keyService.resolve("/v1/auth/sign-up"), null, account);
        return new Tenant(
                client, keyService, client.require(CREATED, signUp).getString("access_token"));
    }

    /// Creates keys in several accounts in parallel, since changes within one account are
    /// serialized.
    static List<Key> keysOfMany(LoadClient client, URI keyService, int accounts, int keys)
            throws IOException, InterruptedException {
        return InParallel.times(
                        accounts, accounts, () -> signUp(client, keyService).issue(keys, null))
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    List<Key> issue(int count, @Nullable Duration lifetime) throws IOException {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(issue(lifetime));
        }
        return keys;
    }

    Key issue(@Nullable Duration lifetime) throws IOException {
        Map<String, Object> request = new HashMap<>();
        request.put("name", "Bench");
        request.put("type", "scoped");
        request.put("environment", "live");
        request.put("permissions", List.of("emails:send", "domains:read"));
        if (lifetime != null) {
            request.put("expires_at", Instant.now().plus(lifetime).toString());
        }
        URI url = keyService.resolve("/v1/api-keys");
        JsonObject key = client.require(CREATED, Call.json(url, session, request));
        return new Key(key.getString("id"), key.getString("token"));
    }

    /// Returns the response, whose times are measured.
    Answer revoke(Key key) throws IOException {
        URI url = keyService.resolve("/v1/api-keys/" + key.id());
        Answer answer = client.await(Call.delete(url, session));
        if (answer.status() != OK) {
            throw new IOException("the revocation answered " + answer.status());
        }
        return answer;
    }
}
