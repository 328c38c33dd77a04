package dev.sendex.common.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Monitors whether Kafka responds, in the data of readiness and as the gauge
/// `sendex.kafka.connected` (1 or 0).
///
/// Readiness stays up without Kafka. Emails are accepted and sent without it, events wait in the
/// outbox and at SNS, and every replica is in the same position: removing them all from the load
/// balancer would turn a degraded service into an outage.
@Singleton
@Readiness
class KafkaConnection implements HealthCheck {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private enum State {
        UNKNOWN,
        CONNECTED,
        DISCONNECTED
    }

    private final Map<String, Object> brokers;
    private final Vertx vertx;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    /// Used by one probe at a time, and at shutdown.
    private volatile @Nullable Admin admin;

    KafkaConnection(
            @Identifier("default-kafka-broker") Map<String, Object> brokers,
            Vertx vertx,
            MeterRegistry metrics) {
        this.brokers = brokers;
        this.vertx = vertx;
        metrics.gauge("sendex.kafka.connected", state, now -> now.get() == State.CONNECTED ? 1 : 0);
    }

    void start(@Observes StartupEvent started) {
        probe();
    }

    private void probe() {
        vertx.executeBlocking(this::poll)
                .onComplete(seen -> {
                    report(seen.succeeded() ? seen.result() : State.DISCONNECTED);
                    vertx.setTimer(INTERVAL.toMillis(), _ -> probe());
                });
    }

    private State poll() throws InterruptedException {
        try {
            admin().describeCluster().clusterId().get();
            return State.CONNECTED;
        } catch (ExecutionException | KafkaException unreachable) {
            return State.DISCONNECTED;
        }
    }

    private void report(State now) {
        State before = state.getAndSet(now);
        if (now == State.DISCONNECTED && before != now) {
            Log.warn("Kafka is unreachable");
        } else if (now == State.CONNECTED && before == State.DISCONNECTED) {
            Log.info("Kafka is reachable again");
        }
    }

    /// Created when needed, since that fails while the brokers' names cannot be resolved.
    private Admin admin() {
        Admin existing = admin;
        if (existing == null) {
            Map<String, Object> settings = new HashMap<>(brokers);
            int timeout = (int) TIMEOUT.toMillis();
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
            existing = Admin.create(settings);
            admin = existing;
        }
        return existing;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka")
                .up()
                .withData("connected", state.get() == State.CONNECTED)
                .build();
    }

    @PreDestroy
    void close() {
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
