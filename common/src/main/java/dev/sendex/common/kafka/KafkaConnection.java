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

/// Watches whether Kafka answers, for people and alarms: in the data of readiness and as the gauge
/// `sendex.kafka.connected` (1 or 0).
///
/// Readiness stays up without Kafka. Emails are accepted and sent without it, events wait in the
/// outbox and at SNS, and every replica is in the same position: taking them all out of the load
/// balancer would make an outage of what is merely degraded.
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

    /// Touched by one probe at a time, and at the end.
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
                    say(seen.succeeded() ? seen.result() : State.DISCONNECTED);
                    vertx.setTimer(INTERVAL.toMillis(), _ -> probe());
                });
    }

    private State poll() throws InterruptedException {
        try {
            admin().describeCluster().clusterId().get();
            return State.CONNECTED;
        } catch (ExecutionException | KafkaException away) {
            return State.DISCONNECTED;
        }
    }

    private void say(State now) {
        State before = state.getAndSet(now);
        if (now == State.DISCONNECTED && before != now) {
            Log.warn("Kafka is unreachable");
        } else if (now == State.CONNECTED && before == State.DISCONNECTED) {
            Log.info("Kafka is reachable again");
        }
    }

    /// Cannot be made while the brokers' names have no addresses.
    private Admin admin() {
        Admin known = admin;
        if (known == null) {
            Map<String, Object> settings = new HashMap<>(brokers);
            int timeout = (int) TIMEOUT.toMillis();
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
            known = Admin.create(settings);
            admin = known;
        }
        return known;
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
