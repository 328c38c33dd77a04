package dev.sendex.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// How guessing at an instance affects the users of valid keys. Alternates rounds without other
/// requests, with requests that are answered 404 without introspection, and with as many guesses.
/// All share one machine's processors, so only the difference of the last two is the effect of
/// guessing.
final class GuessingMeasure {

    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /// Long enough for cached introspections to be refreshed.
    private static final Duration ROUND = Duration.ofSeconds(20);

    private static final int GUESSES_PER_SECOND = 5_000;
    private static final int GUESSERS = 256;
    private static final String GUESSERS_ADDRESS = "127.0.0.2";
    private static final int WARM_KEYS = 20;
    private static final int WARM_PER_SECOND = 200;
    private static final int COLD_PER_SECOND = 20;
    private static final int CONNECTIONS = 64;
    private static final double NOTHING_MEASURABLE = 1.1;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final URI instance;
    private final Metrics metrics;
    private final List<Tenant.Key> warm;
    private final Iterator<Tenant.Key> cold;
    private final RandomGenerator random = RandomGenerator.getDefault();

    private enum Others {
        NONE("quiet", 0),
        NOTHING("with requests for nothing", GUESSES_PER_SECOND),
        GUESSES("guessing", GUESSES_PER_SECOND);

        private final String title;
        private final int perSecond;

        Others(String title, int perSecond) {
            this.title = title;
            this.perSecond = perSecond;
        }
    }

    /// One round.
    ///
    /// @param warm the use of keys that are cached
    /// @param cold the first use of keys
    /// @param others the other requests
    /// @param hits the share of cache hits for warm keys
    private record Round(
            OpenLoad.Outcome warm, OpenLoad.Outcome cold, OpenLoad.Outcome others, double hits) {}

    /// @param keys keys that are not cached, each for one use
    GuessingMeasure(URI instance, Metrics metrics, List<Tenant.Key> keys) {
        this.instance = instance;
        this.metrics = metrics;
        warm = keys.subList(0, WARM_KEYS);
        cold = keys.subList(WARM_KEYS, keys.size()).iterator();
    }

    void run(Report report) throws IOException, InterruptedException {
        Map<Others, List<Round>> rounds = new EnumMap<>(Others.class);
        try (LoadClient holders = new LoadClient(CONNECTIONS);
                LoadClient strangers = new LoadClient(GUESSERS, GUESSERS_ADDRESS)) {
            for (Others others : Others.values()) {
                round(holders, strangers, others, WARM_UP);
                rounds.put(others, new ArrayList<>());
            }
            for (int i = 0; i < ROUNDS; i++) {
                for (Map.Entry<Others, List<Round>> of : rounds.entrySet()) {
                    of.getValue().add(round(holders, strangers, of.getKey(), ROUND));
                }
            }
        }
        addGuesses(report, Objects.requireNonNull(rounds.get(Others.GUESSES)));
        add(report, "known key", Round::warm, rounds);
        add(report, "key's first use", Round::cold, rounds);
        rounds.forEach((others, of) ->
                report.add(
                        "known keys answered from memory, " + others.title,
                        median(of, Round::hits),
                        "%"));
    }

    private Round round(LoadClient holders, LoadClient strangers, Others others, Duration duration)
            throws IOException, InterruptedException {
        double hits = metrics.read("sendex_introspection_hits_total");
        OpenLoad other = OpenLoad.start(strangers, GUESSERS, others.perSecond, () -> call(others));
        OpenLoad known = OpenLoad.start(holders, CONNECTIONS, WARM_PER_SECOND, this::useWarm);
        OpenLoad fresh = OpenLoad.start(holders, CONNECTIONS, COLD_PER_SECOND, this::useCold);
        Thread.sleep(duration);
        OpenLoad.Outcome uses = known.end();
        Round round = new Round(uses, fresh.end(), other.end(), 0);
        double hit = metrics.read("sendex_introspection_hits_total") - hits;
        return new Round(
                round.warm(), round.cold(), round.others(), 100 * hit / uses.times().size());
    }

    private Call call(Others others) {
        return others == Others.GUESSES
                ? Call.get(instance.resolve("/v1/domains"), Tokens.unknown(random))
                : Call.get(instance.resolve("/nothing"), Tokens.malformed(random));
    }

    private Call useWarm() {
        return BackgroundLoad.use(instance, warm.get(random.nextInt(warm.size())));
    }

    private Call useCold() {
        return BackgroundLoad.use(instance, cold.next());
    }

    private static void addGuesses(Report report, List<Round> guessing) {
        report.add(
                "guesses answered",
                median(guessing, round -> round.others().perSecond()),
                "/s",
                Limit.atLeast(GUESSES_PER_SECOND * 0.99));
        report.add(
                "guesses held up by slow answers", median(guessing, GuessingMeasure::unsent), "%");
        report.add(
                "of the answered, refused as unknown (401)",
                median(guessing, round -> share(round.others(), UNAUTHORIZED)),
                "%");
        report.add(
                "of the answered, held back (429)",
                median(guessing, round -> share(round.others(), TOO_MANY)),
                "%");
        report.add(
                "of the answered, told to come back (503)",
                median(guessing, round -> share(round.others(), UNAVAILABLE)),
                "%");
    }

    /// How many guesses were not sent because all connections were waiting for responses.
    private static double unsent(Round round) {
        OpenLoad.Outcome guesses = round.others();
        return 100.0 * guesses.dropped() / (guesses.dropped() + guesses.times().size());
    }

    private static void add(
            Report report,
            String what,
            Function<Round, OpenLoad.Outcome> use,
            Map<Others, List<Round>> rounds) {
        for (double share : List.of(0.5, 0.99)) {
            String name = "%s, p%.0f, ".formatted(what, 100 * share);
            Map<Others, Double> times = new EnumMap<>(Others.class);
            rounds.forEach((others, of) -> times.put(others, percentile(use, of, share)));
            times.forEach((others, time) -> report.add(name + others.title, time, "ms"));
            double guessing = Objects.requireNonNull(times.get(Others.GUESSES));
            report.add(
                    name + "guessing ÷ quiet",
                    guessing / Objects.requireNonNull(times.get(Others.NONE)),
                    "");
            report.add(
                    name + "guessing ÷ with requests for nothing",
                    guessing / Objects.requireNonNull(times.get(Others.NOTHING)),
                    "",
                    Limit.below(NOTHING_MEASURABLE));
        }
        rounds.forEach((others, of) ->
                report.add(what + ", not served, " + others.title, unserved(use, of), ""));
    }

    /// Requests that were answered differently, not answered, or not sent because all connections
    /// were waiting.
    private static int unserved(Function<Round, OpenLoad.Outcome> use, List<Round> rounds) {
        return rounds.stream()
                .map(use)
                .mapToInt(outcome ->
                        outcome.times().size()
                                - outcome.count(OK)
                                + outcome.count(0)
                                + outcome.dropped())
                .sum();
    }

    private static double percentile(
            Function<Round, OpenLoad.Outcome> use, List<Round> rounds, double share) {
        return median(rounds, round -> Samples.of(use.apply(round).times()).percentile(share));
    }

    private static double share(OpenLoad.Outcome outcome, int status) {
        return 100.0 * outcome.count(status) / outcome.times().size();
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Samples.of(rounds.stream().mapToDouble(figure).boxed().toList()).median();
    }
}
