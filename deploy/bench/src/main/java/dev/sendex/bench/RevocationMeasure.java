package dev.sendex.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Measures how long each instance of send-service still accepts a revoked key, under load with
/// other keys.
final class RevocationMeasure {

    private static final int LANES = 4;
    private static final int REVOCATIONS = 200;
    private static final int WITHOUT_BROKER = 8;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration LIMIT_WITHOUT_BROKER = Duration.ofSeconds(30);
    private static final Duration MEASURING_STEP = Duration.ofMillis(100);
    private static final Duration UNTIL_BROKER_IS_MISSED = Duration.ofSeconds(7);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final LoadClient client;
    private final Tenant tenant;
    private final List<URI> instances;

    /// The revocation of one key.
    ///
    /// @param sinceSent from sending the revocation to the rejection, by instance, in ms
    /// @param sinceAnswered from the response to the revocation to the rejection; negative if the
    ///   rejection came first
    private record Revocation(List<Double> sinceSent, List<Double> sinceAnswered) {}

    RevocationMeasure(LoadClient client, Tenant tenant, List<URI> instances) {
        this.client = client;
        this.tenant = tenant;
        this.instances = List.copyOf(instances);
    }

    void run(Report report, List<Tenant.Key> others) throws IOException, InterruptedException {
        try (BackgroundLoad _ = BackgroundLoad.start(instances, others)) {
            add(report, InParallel.times(REVOCATIONS, LANES, this::revoke));
        }
    }

    /// @param broker the Kafka broker, which is stopped during the measurement
    void runWithoutBroker(Report report, List<Tenant.Key> others, ProcessHandle broker)
            throws IOException, InterruptedException {
        List<Revocation> revocations;
        try (StoppedProcess _ = StoppedProcess.stop(broker);
                BackgroundLoad _ = BackgroundLoad.start(instances, others)) {
            Thread.sleep(UNTIL_BROKER_IS_MISSED);
            revocations = InParallel.times(WITHOUT_BROKER, WITHOUT_BROKER, this::revoke);
        }
        Samples all = flat(revocations.stream().map(Revocation::sinceAnswered).toList());
        Limit limit = limit(LIMIT_WITHOUT_BROKER.plus(MEASURING_STEP));
        String what =
                "broker stopped: revocation → refusal, %s of %d × %d"
                        .formatted("%s", WITHOUT_BROKER, instances.size());
        report.add(what.formatted("p50"), all.median(), "ms");
        report.add(what.formatted("max"), all.greatest(), "ms", limit);
    }

    private Revocation revoke() throws IOException, InterruptedException {
        Tenant.Key key = tenant.issue(null);
        List<Poller> pollers =
                instances.stream().map(instance -> Poller.start(client, instance, key)).toList();
        for (Poller poller : pollers) {
            await(poller.accepted());
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(20, 120));
        Answer answer = tenant.revoke(key);
        List<Double> sinceSent = new ArrayList<>();
        List<Double> sinceAnswered = new ArrayList<>();
        for (Poller poller : pollers) {
            long refused = await(poller.refused());
            sinceSent.add((refused - answer.sent()) / 1e6);
            sinceAnswered.add((refused - answer.received()) / 1e6);
        }
        return new Revocation(sinceSent, sinceAnswered);
    }

    private static <T> T await(CompletableFuture<T> awaited) throws IOException {
        try {
            return awaited.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IOException("waited in vain: " + e.getCause(), e);
        }
    }

    private void add(Report report, List<Revocation> revocations) {
        String times = "of %d × %d".formatted(revocations.size(), instances.size());
        Samples answered = flat(revocations.stream().map(Revocation::sinceAnswered).toList());
        Samples sent = flat(revocations.stream().map(Revocation::sinceSent).toList());
        String name = "revocation's answer → refusal, %s " + times;
        report.add(name.formatted("p50"), answered.median(), "ms");
        report.add(name.formatted("p99"), answered.percentile(0.99), "ms", limit(LIMIT));
        report.add(name.formatted("max"), answered.greatest(), "ms");
        String whole = "revocation's sending → refusal, %s " + times;
        report.add(whole.formatted("p50"), sent.median(), "ms");
        report.add(whole.formatted("p99"), sent.percentile(0.99), "ms", limit(LIMIT));
        report.add(whole.formatted("max"), sent.greatest(), "ms");
        for (int i = 0; i < instances.size(); i++) {
            int instance = i;
            Samples there =
                    Samples.of(
                            revocations.stream()
                                    .map(each -> each.sinceAnswered().get(instance))
                                    .toList());
            report.add(
                    "revocation's answer → refusal at instance %d, p99".formatted(i + 1),
                    there.percentile(0.99),
                    "ms",
                    limit(LIMIT));
        }
    }

    private static Limit limit(Duration bound) {
        return Limit.below((double) bound.toMillis());
    }

    private static Samples flat(List<List<Double>> values) {
        return Samples.of(values.stream().flatMap(List::stream).toList());
    }
}
