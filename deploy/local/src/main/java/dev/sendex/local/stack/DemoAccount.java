package dev.sendex.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Creates the demo account over the public API. Continues if an earlier, interrupted start has
/// created parts of it.
final class DemoAccount {

    private static final Duration VERIFICATION_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final PublicApi api;
    private final Secrets secrets;
    private final Sandbox sandbox;

    DemoAccount(PublicApi api, Secrets secrets, Sandbox sandbox) {
        this.api = api;
        this.secrets = secrets;
        this.sandbox = sandbox;
    }

    /// Returns the account, which is created at the first start.
    Demo open() throws IOException {
        String password = secrets.password("demo");
        String scoped = secrets.token("demo-scoped", () -> issueScopedKey(password));
        String full = secrets.token("demo-full", () -> issueFullKey(password));
        return new Demo(Demo.EMAIL, password, Demo.DOMAIN, full, scoped);
    }

    private String issueScopedKey(String password) throws IOException {
        String session = session(password);
        verifyDomain(session);
        return issue(
                session,
                Map.of(
                        "name",
                        "Demo: send from " + Demo.DOMAIN,
                        "type",
                        "scoped",
                        "environment",
                        "live",
                        "permissions",
                        List.of("emails:send"),
                        "allowed_domains",
                        List.of(Demo.DOMAIN)));
    }

    private String issueFullKey(String password) throws IOException {
        return issue(
                session(password),
                Map.of(
                        "name", "Demo: everything",
                        "type", "full_access",
                        "environment", "live"));
    }

    private String issue(String session, Map<String, Object> key) throws IOException {
        return api.post("/v1/api-keys", session, key).required(201).path("token").asText();
    }

    private String session(String password) throws IOException {
        Map<String, Object> account =
                Map.of("email", Demo.EMAIL, "password", password, "account_name", "Demo");
        PublicApi.Answer signedUp = api.post("/v1/auth/sign-up", null, account);
        if (signedUp.status() == 201) {
            return token(signedUp.body());
        }
        Map<String, Object> credentials = Map.of("email", Demo.EMAIL, "password", password);
        return token(api.post("/v1/auth/sign-in", null, credentials).required(200));
    }

    private static String token(JsonNode body) {
        return body.path("access_token").asText();
    }

    private void verifyDomain(String session) throws IOException {
        String path = "/v1/domains/" + domainId(session);
        setRecords(api.get(path, session).required(200));
        Instant deadline = Instant.now().plus(VERIFICATION_LIMIT);
        api.post(path + "/verify", session, Map.of()).required(200);
        while (!isVerified(api.get(path, session).required(200))) {
            if (Instant.now().isAfter(deadline)) {
                throw new StackFailure(
                        "The SES sandbox did not verify %s in time.".formatted(Demo.DOMAIN));
            }
            pause();
        }
    }

    private void setRecords(JsonNode domain) throws IOException {
        for (JsonNode record : domain.path("records")) {
            if (record.path("type").asText().equals("TXT")) {
                sandbox.ses().setText(record.path("name").asText(), record.path("value").asText());
            }
        }
    }

    private static boolean isVerified(JsonNode domain) {
        return domain.path("status").asText().equals("verified");
    }

    private String domainId(String session) throws IOException {
        @Nullable String existing = findDomainId(session);
        return existing != null
                ? existing
                : api.post("/v1/domains", session, Map.of("name", Demo.DOMAIN))
                        .required(201)
                        .path("id")
                        .asText();
    }

    private @Nullable String findDomainId(String session) throws IOException {
        JsonNode domains = api.get("/v1/domains", session).required(200).path("data");
        return StreamSupport.stream(domains.spliterator(), false)
                .filter(domain -> domain.path("name").asText().equals(Demo.DOMAIN))
                .map(domain -> domain.path("id").asText())
                .findFirst()
                .orElse(null);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
