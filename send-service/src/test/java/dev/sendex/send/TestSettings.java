package dev.sendex.send;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Free ports, and intervals short enough for tests.
public final class TestSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.ofEntries(
                Map.entry("quarkus.http.host", "127.0.0.1"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.management.host", "127.0.0.1"),
                Map.entry("quarkus.management.test-port", "0"),
                Map.entry("sendex.domains.reserved", "Operator.EXAMPLE"),
                Map.entry("sendex.domains.click-tracking", "true"),
                Map.entry("sendex.dispatch.poll-interval", "200ms"),
                Map.entry("sendex.dispatch.lease", "5s"),
                Map.entry("sendex.dispatch.grace", "3s"),
                Map.entry("sendex.dispatch.attempts", "4"),
                Map.entry("sendex.dispatch.first-retry", "100ms"),
                Map.entry("sendex.dispatch.max-probe-interval", "200ms"),
                Map.entry("sendex.dispatch.rate-refresh", "500ms"),
                Map.entry("sendex.database.lock-timeout", "5s"),
                Map.entry("sendex.ses.send-timeout", "3s"));
    }

    @Override
    public void stop() {}
}
