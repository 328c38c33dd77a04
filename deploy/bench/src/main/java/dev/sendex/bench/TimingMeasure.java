package dev.sendex.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Measures whether response times reveal why a token is inactive. Sends one request at a time,
/// with the reasons in random order.
final class TimingMeasure {

    private static final int WARM_UP = 4_000;
    private static final int EACH = 5_000;
    private static final int KEYS = 200;
    private static final Duration LIFETIME = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final double TELLTALE = 0.1;
    private static final List<Double> SHARES = List.of(0.1, 0.5, 0.9, 0.99);
    private static final String INACTIVE = "{\"active\":false}";

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Function<String, Call> question;
    private final List<Tenant.Key> active;
    private final Map<Reason, List<String>> tokens = new EnumMap<>(Reason.class);
    private final Map<Reason, List<Double>> times = new EnumMap<>(Reason.class);
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int left = WARM_UP + Reason.values().length * EACH;

    /// Why a token is inactive.
    private enum Reason {
        UNKNOWN,
        WRONG_SECRET,
        EXPIRED,
        REVOKED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// @param question creates the introspection request for a token
    /// @param active valid keys
    TimingMeasure(Function<String, Call> question, List<Tenant.Key> active) {
        this.question = question;
        this.active = List.copyOf(active);
    }

    /// Creates the invalid keys and waits until the last one has expired.
    void prepare(Tenant tenant) throws IOException, InterruptedException {
        List<Tenant.Key> revoked = tenant.issue(KEYS, null);
        for (Tenant.Key key : revoked) {
            tenant.revoke(key);
        }
        List<Tenant.Key> expired = tenant.issue(KEYS, LIFETIME);
        Thread.sleep(LIFETIME.plusSeconds(1));
        tokens.put(Reason.REVOKED, revoked.stream().map(Tenant.Key::token).toList());
        tokens.put(Reason.EXPIRED, expired.stream().map(Tenant.Key::token).toList());
    }

    void run(Report report) throws IOException {
        for (Reason reason : Reason.values()) {
            times.put(reason, new ArrayList<>());
        }
        try (LoadClient client = new LoadClient(1)) {
            client.run(() -> next(client));
            done.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IOException("the times cannot be measured: " + e.getCause(), e);
        }
        times.forEach((reason, _) -> add(report, reason));
    }

    private void next(LoadClient client) {
        if (left-- == 0) {
            done.complete(null);
            return;
        }
        Reason reason = Reason.values()[random.nextInt(Reason.values().length)];
        client.send(question.apply(token(reason)))
                .onSuccess(answer -> {
                    note(reason, answer);
                    next(client);
                })
                .onFailure(done::completeExceptionally);
    }

    private String token(Reason reason) {
        return switch (reason) {
            case UNKNOWN -> Tokens.unknown(random);
            case WRONG_SECRET -> Tokens.wrongSecret(any(active).token(), random);
            case EXPIRED, REVOKED -> any(of(reason, tokens));
        };
    }

    private static <T> List<T> of(Reason reason, Map<Reason, List<T>> all) {
        return Objects.requireNonNull(all.get(reason));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void note(Reason reason, Answer answer) {
        if (!answer.body().toString().equals(INACTIVE)) {
            done.completeExceptionally(new IOException(reason + " answered " + answer.body()));
        } else if (left < Reason.values().length * EACH) {
            of(reason, times).add(answer.millis());
        }
    }

    private void add(Report report, Reason reason) {
        Samples own = Samples.of(of(reason, times));
        List<Double> others = new ArrayList<>();
        times.forEach((other, values) -> {
            if (other != reason) {
                others.addAll(values);
            }
        });
        for (double share : SHARES) {
            report.add(
                    "%s token, p%.0f of %d".formatted(reason, 100 * share, own.count()),
                    own.percentile(share),
                    "ms");
        }
        report.add(
                reason + " token, share of pairs in which it is slower than another, less 0.5",
                Math.abs(own.shareAbove(Samples.of(others)) - 0.5),
                "",
                Limit.below(TELLTALE));
    }
}
