package dev.sendex.key.introspection;

import dev.sendex.key.clients.ClientAuthentication.ResourceServer;
import dev.sendex.key.clients.OAuthRefusal;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/// Counts responses in `sendex.introspections` by outcome, registered service and format. Callers
/// cannot choose any of these values, so they cannot create new time series.
@ApplicationScoped
class IntrospectionMeter {

    private static final String NAME = "sendex.introspections";
    private static final String NONE = "none";

    private final MeterRegistry metrics;

    IntrospectionMeter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void answered(boolean active, ResourceServer server, AnswerForm form) {
        count(
                active ? "active" : "inactive",
                server.clientId(),
                form.name().toLowerCase(Locale.ROOT));
    }

    void refused(OAuthRefusal refusal) {
        count(refusal.code().value(), NONE, NONE);
    }

    private void count(String outcome, String client, String form) {
        metrics.counter(NAME, "outcome", outcome, "client", client, "form", form).increment();
    }
}
