package dev.sendex.common.introspection.cache;

import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reports whether changes of keys arrive, and thus how soon a revocation takes effect here.
///
/// Always up, with the state in its data: without Kafka this instance still serves, only with a
/// bound of 30 seconds instead of one, and every other replica is in the same position. Removing
/// them all from the load balancer would turn a slower revocation into an outage. Alerting uses the
/// metric `sendex.introspection.push.behind`.
@Singleton
@Readiness
@IfBuildProperty(name = "sendex.identity.authority", stringValue = "remote", enableIfMissing = true)
class PushReadiness implements HealthCheck {

    private static final Duration WITH_PUSH = Duration.ofSeconds(1);

    private final PushStream stream;
    private final Duration withoutPush;

    PushReadiness(PushStream stream, IntrospectionConfig config) {
        this.stream = stream;
        withoutPush = config.freshFor();
    }

    @Override
    public HealthCheckResponse call() {
        boolean arriving = stream.isHealthy();
        Duration behind = stream.behind();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("key-changes")
                        .up()
                        .withData("arriving", arriving)
                        .withData(
                                "revoked_within", (arriving ? WITH_PUSH : withoutPush).toString());
        if (behind != null) {
            response.withData("behind_ms", behind.toMillis());
        }
        return response.build();
    }
}
