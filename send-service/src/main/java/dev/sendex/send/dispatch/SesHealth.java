package dev.sendex.send.dispatch;

import dev.sendex.send.dispatch.SesCircuitBreaker.Outage;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Reports whether Amazon SES is available.
///
/// Always up, with the state in its data, since emails are accepted and queued during an outage.
/// Alert on the metric `sendex.dispatch.ses.outage.seconds` instead.
@Singleton
@Readiness
class SesHealth implements HealthCheck {

    private final SesCircuitBreaker breaker;

    SesHealth(SesCircuitBreaker breaker) {
        this.breaker = breaker;
    }

    @Override
    public HealthCheckResponse call() {
        Outage outage = breaker.outage();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("amazon-ses")
                        .up()
                        .withData("taking_email", outage == null);
        if (outage != null) {
            response.withData("since", outage.since().toString())
                    .withData("cause", outage.reason());
        }
        return response.build();
    }
}
