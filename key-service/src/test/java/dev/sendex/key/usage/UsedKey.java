package dev.sendex.key.usage;

import static dev.sendex.key.Callers.anOwner;
import static dev.sendex.key.Callers.issue;
import static dev.sendex.key.Callers.with;

import dev.sendex.common.kafka.Topics;
import dev.sendex.key.Topic;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;

/// A key of an account, and the usage records that services publish about it.
record UsedKey(String owner, String accountId, String id, String token) {

    static UsedKey ofANewAccount() {
        return of(anOwner());
    }

    static UsedKey of(String owner) {
        Response issued = issue(owner, Map.of("preset", "read_only"));
        String claims = new String(Base64.getUrlDecoder().decode(owner.split("\\.", -1)[1]));
        return new UsedKey(
                owner,
                new JsonPath(claims).getString("account_id"),
                issued.path("id"),
                issued.path("token"));
    }

    Response view() {
        return with(owner).get("/v1/api-keys/" + id);
    }

    Response usage(String query) {
        return with(owner).get("/v1/api-keys/" + id + "/usage" + query);
    }

    /// Publishes a record of requests to `POST /v1/emails`.
    void publishUsage(
            int requests, String outcome, String problem, Duration ago, String... networks) {
        publish(record(UUID.randomUUID(), requests, outcome, problem, ago, networks));
    }

    void publishUsage(int requests) {
        publishUsage(requests, "success", null, Duration.ZERO, "192.0.2.0/24");
    }

    void publish(String record) {
        Topic.put(Topics.USAGE, id, record);
    }

    String record(
            UUID recordId,
            int requests,
            String outcome,
            String problem,
            Duration ago,
            String... networks) {
        Instant at = Instant.now().minus(ago);
        return """
        {"id": "%s", "key_id": "%s", "account_id": "%s", "counted_at": "%s",
         "counts": [{"endpoint": "POST /v1/emails", "outcome": "%s", "problem": %s,
            "requests": %d}],
         "last_used_at": "%s", "last_used_ip": "192.0.2.7", "networks": [%s]}
        """
                .formatted(
                        recordId,
                        id,
                        accountId,
                        at,
                        outcome,
                        problem == null ? "null" : "\"" + problem + "\"",
                        requests,
                        at,
                        networks.length == 0 ? "" : "\"" + String.join("\",\"", networks) + "\"");
    }
}
