package dev.sendex.key.usage;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sendex.common.problem.Problem;
import dev.sendex.common.usage.UsageRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sum of several records, with at most one entry per database row.
final class UsageBatch {

    private static final Set<Integer> KEY_REFUSAL_STATUSES = Set.of(401, 403, 429);

    /// Problems that are caused by the key rather than by the request; only these count as a burst.
    private static final Set<String> REFUSALS =
            Arrays.stream(Problem.values())
                    .filter(problem -> KEY_REFUSAL_STATUSES.contains(problem.status()))
                    .map(Problem::slug)
                    .collect(toUnmodifiableSet());

    record Key(UUID accountId, UUID id) {}

    record CountKey(Key key, Instant hour, String endpoint, String outcome, String problem) {}

    record Use(Instant at, @Nullable String ip) {

        Use latest(Use other) {
            return other.at.isBefore(at) ? this : other;
        }
    }

    record Network(Key key, String cidr) {}

    record Minute(Key key, Instant start) {}

    final Map<CountKey, Long> counts = new HashMap<>();
    final Map<Key, Use> uses = new HashMap<>();
    final Map<Network, Instant> networks = new HashMap<>();
    final Map<Minute, Long> refusals = new HashMap<>();

    private UsageBatch() {}

    static UsageBatch of(List<UsageRecord> records) {
        UsageBatch batch = new UsageBatch();
        records.forEach(batch::add);
        return batch;
    }

    private void add(UsageRecord record) {
        Key key = new Key(record.accountId(), record.keyId());
        record.counts().forEach(count -> add(key, record.countedAt(), count));
        uses.merge(key, new Use(record.lastUsedAt(), record.lastUsedIp()), Use::latest);
        for (String network : record.networks()) {
            networks.merge(
                    new Network(key, network),
                    record.lastUsedAt(),
                    (one, other) -> one.isBefore(other) ? other : one);
        }
    }

    private void add(Key key, Instant at, UsageRecord.Count count) {
        String problem = count.problem() == null ? "" : count.problem();
        CountKey countKey =
                new CountKey(
                        key,
                        at.truncatedTo(ChronoUnit.HOURS),
                        count.endpoint(),
                        count.outcome().value(),
                        problem);
        counts.merge(countKey, count.requests(), Long::sum);
        if (REFUSALS.contains(problem)) {
            Minute minute = new Minute(key, at.truncatedTo(ChronoUnit.MINUTES));
            refusals.merge(minute, count.requests(), Long::sum);
        }
    }
}
