package dev.sendex.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// What it costs the holders of valid keys that somebody guesses at the same instance: rounds with
/// and without, in turn.
final class GuessingMeasure {

    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    /// Long enough for answers about known keys to come of age meanwhile.
    private static final Duration ROUND = Duration.ofSeconds(20);

    private static final int GUESSES_PER_SECOND = 5_000;
    private static final int GUESSERS = 256;
    private static final String GUESSERS_ADDRESS = "127.0.0.2";
    private static final int WARM_KEYS = 20;
    private static final int WARM_PER_SECOND = 200;
    private static final int COLD_PER_SECOND = 20;
    private static final int CONNECTIONS = 64;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final URI instance;
    private final Metrics metrics;
    private final List<Tenant.Key> warm;
    private final Iterator<Tenant.Key> cold;
    private final RandomGenerator random = RandomGenerator.getDefault();

    /// One round.
    ///
    /// @param warm the use of keys that the instance has seen before
    /// @param cold the first use of others
    /// @param hits how many of the questions about warm keys were answered from memory
    private record Round(
            OpenLoad.Outcome warm, OpenLoad.Outcome cold, OpenLoad.Outcome guesses, double hits) {}

    /// @param keys that the instance has not seen yet, enough for one use each
    GuessingMeasure(URI instance, Metrics metrics, List<Tenant.Key> keys) {
        this.instance = instance;
        this.metrics = metrics;
        warm = keys.subList(0, WARM_KEYS);
        cold = keys.subList(WARM_KEYS, keys.size()).iterator();
    }

    void run(Report report) throws IOException, InterruptedException {
        List<Round> quiet = new ArrayList<>();
        List<Round> guessing = new ArrayList<>();
        try (LoadClient holders = new LoadClient(CONNECTIONS);
                LoadClient guessers = new LoadClient(GUESSERS, GUESSERS_ADDRESS)) {
            round(holders, guessers, 0, WARM_UP);
            round(holders, guessers, GUESSES_PER_SECOND, WARM_UP);
            for (int i = 0; i < ROUNDS; i++) {
                quiet.add(round(holders, guessers, 0, ROUND));
                guessing.add(round(holders, guessers, GUESSES_PER_SECOND, ROUND));
            }
        }
        addGuesses(report, guessing);
        add(report, "known key", Round::warm, quiet, guessing);
        add(report, "key's first use", Round::cold, quiet, guessing);
        report.add("known keys answered from memory, quiet", median(quiet, Round::hits), "%");
        report.add("known keys answered from memory, guessing", median(guessing, Round::hits), "%");
    }

    private Round round(
            LoadClient holders, LoadClient guessers, int guessesPerSecond, Duration duration)
            throws IOException, InterruptedException {
        double hits = metrics.read("sendex_introspection_hits_total");
        OpenLoad guesses = OpenLoad.start(guessers, GUESSERS, guessesPerSecond, this::guess);
        OpenLoad known = OpenLoad.start(holders, CONNECTIONS, WARM_PER_SECOND, this::useWarm);
        OpenLoad fresh = OpenLoad.start(holders, CONNECTIONS, COLD_PER_SECOND, this::useCold);
        Thread.sleep(duration);
        OpenLoad.Outcome uses = known.end();
        Round round = new Round(uses, fresh.end(), guesses.end(), 0);
        double hit = metrics.read("sendex_introspection_hits_total") - hits;
        return new Round(
                round.warm(), round.cold(), round.guesses(), 100 * hit / uses.times().size());
    }

    private Call guess() {
        return Call.get(instance.resolve("/v1/domains"), Tokens.unknown(random));
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
                median(guessing, round -> round.guesses().perSecond()),
                "/s",
                Limit.atLeast(GUESSES_PER_SECOND * 0.99));
        report.add(
                "guesses held up by slow answers", median(guessing, GuessingMeasure::unsent), "%");
        report.add(
                "of the answered, refused as unknown (401)",
                median(guessing, round -> share(round.guesses(), UNAUTHORIZED)),
                "%");
        report.add(
                "of the answered, held back (429)",
                median(guessing, round -> share(round.guesses(), TOO_MANY)),
                "%");
        report.add(
                "of the answered, told to come back (503)",
                median(guessing, round -> share(round.guesses(), UNAVAILABLE)),
                "%");
    }

    /// What the guessers would have sent, had not all of their connections waited for answers.
    private static double unsent(Round round) {
        OpenLoad.Outcome guesses = round.guesses();
        return 100.0 * guesses.dropped() / (guesses.dropped() + guesses.times().size());
    }

    private static void add(
            Report report,
            String what,
            Function<Round, OpenLoad.Outcome> use,
            List<Round> quiet,
            List<Round> guessing) {
        for (double share : List.of(0.5, 0.99)) {
            String name = "%s, p%.0f, %s".formatted(what, 100 * share, "%s");
            double without = percentile(use, quiet, share);
            double with = percentile(use, guessing, share);
            report.add(name.formatted("quiet"), without, "ms");
            report.add(name.formatted("guessing"), with, "ms");
            report.add(name.formatted("guessing ÷ quiet"), with / without, "");
        }
        report.add(
                what + ", not served, guessing",
                guessing.stream()
                        .map(use)
                        .mapToInt(outcome ->
                                outcome.times().size()
                                        - outcome.count(OK)
                                        + outcome.count(0)
                                        + outcome.dropped())
                        .sum(),
                "",
                Limit.below(1));
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
