package dev.sendex.webhook.ingest;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/// Starts a [TestSns] that the service trusts, and sets the key that encrypts signing secrets.
public final class SnsResource implements QuarkusTestResourceLifecycleManager {

    private final TestSns sns = TestSns.trusted();

    @Override
    public Map<String, String> start() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Map.of(
                "sendex.ingest.sns.topic-arns",
                TestSns.TOPIC,
                "sendex.ingest.sns.endpoint",
                sns.url(""),
                "sendex.ingest.sns.certificate-authority",
                sns.certificateFile().toString(),
                "sendex.webhooks.secret-key",
                Base64.getEncoder().encodeToString(key),
                "sendex.webhooks.insecure-loopback",
                "true",
                "sendex.http.body-timeout",
                "3s",
                "sendex.introspection.call-timeout",
                "10s");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(sns, new TestInjector.MatchesType(TestSns.class));
    }

    @Override
    public void stop() {
        sns.close();
    }
}
