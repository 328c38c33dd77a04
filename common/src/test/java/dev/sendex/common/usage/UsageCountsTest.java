package dev.sendex.common.usage;

import static dev.sendex.common.introspection.Grants.aGrant;
import static dev.sendex.common.introspection.Grants.aToken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sendex.common.introspection.KeyGrant;
import dev.sendex.common.problem.Problem;
import dev.sendex.common.runtime.Ids;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class UsageCountsTest {

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");

    @Inject Ids ids;
    @Inject Clock clock;

    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void drained_counts_are_not_drained_again() {
        UsageCounts counts = counters(10);
        count(counts, aGrant(aToken()), "GET /a");

        assertThat(counts.drain()).hasSize(1);
        assertThat(counts.drain()).isEmpty();
    }

    @Test
    void full_counters_are_queued_and_nothing_is_lost() {
        UsageCounts counts = counters(3);
        List<Boolean> full = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            full.add(count(counts, aGrant(aToken()), "GET /a"));
        }

        assertThat(full).containsExactly(false, false, false, true, false, false, true);
        assertThat(counts.drain()).hasSize(7);
        assertThat(uncounted()).isZero();
    }

    @Test
    void the_number_of_counters_is_limited_if_they_are_not_drained() {
        UsageCounts counts = counters(3);
        KeyGrant known = null;
        for (int i = 0; i < 100; i++) {
            KeyGrant key = aGrant(aToken());
            known = i == 14 ? key : known;
            count(counts, key, "GET /a");
        }
        for (int i = 0; i < 50; i++) {
            count(counts, known, "GET /" + i);
        }

        assertThat(uncounted()).isEqualTo(85);
        List<UsageRecord> records = counts.drain();
        assertThat(records).hasSize(15);
        assertThat(UsageTopic.sums(records))
                .containsExactly("GET /a success null = 15", "other success null = 50");
    }

    @Test
    void concurrent_counting_and_draining_loses_nothing() throws InterruptedException {
        UsageCounts counts = counters(10);
        List<KeyGrant> keys = List.of(aGrant(aToken()), aGrant(aToken()));
        int perThread = 2_000_000;
        int threads = 3;
        CountDownLatch done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            Thread.ofPlatform()
                    .start(() -> {
                        for (int i = 0; i < perThread; i++) {
                            count(counts, keys.get(i % 2), i % 3 == 0 ? "GET /a" : "GET /b");
                        }
                        done.countDown();
                    });
        }

        List<UsageRecord> drained = new ArrayList<>();
        while (done.getCount() > 0) {
            drained.addAll(counts.drain());
            Thread.sleep(20);
        }
        drained.addAll(counts.drain());

        long sum =
                drained.stream()
                        .flatMap(record -> record.counts().stream())
                        .mapToLong(UsageRecord.Count::requests)
                        .sum();
        assertThat(sum).isEqualTo((long) threads * perThread);
    }

    @Test
    void the_number_of_networks_per_record_is_limited() {
        UsageCounts counts = counters(10);
        KeyGrant key = aGrant(aToken());
        for (int i = 0; i < 100; i++) {
            InetAddress address = InetAddress.ofLiteral("198.51." + i + ".1");
            counts.count(key, "GET /a", Outcome.SUCCESS, null, address);
        }

        UsageRecord record = counts.drain().getFirst();
        assertThat(record.networks()).hasSize(16);
        assertThat(record.lastUsedIp()).isEqualTo("198.51.99.1");
    }

    @Test
    void refusals_are_counted_by_problem() {
        UsageCounts counts = counters(10);
        KeyGrant key = aGrant(aToken());
        for (Problem problem : Problem.values()) {
            counts.count(key, "GET /a", Outcome.ofStatus(problem.status()), problem, ADDRESS);
        }

        assertThat(UsageTopic.sums(counts.drain()))
                .contains("GET /a refused ip_not_allowed = 1", "GET /a failed null = 2");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.0/24",
        "::ffff:192.0.2.7, 192.0.2.0/24",
        "255.255.255.255, 255.255.255.0/24",
        "2001:db8:1:2:3::4, 2001:db8:1:0:0:0:0:0/48"
    })
    void a_network_is_a_24_of_ipv4_or_a_48_of_ipv6(String address, String network) {
        assertThat(Network.of(InetAddress.ofLiteral(address)).cidr()).isEqualTo(network);
    }

    private static boolean count(UsageCounts counts, KeyGrant key, String endpoint) {
        return counts.count(key, endpoint, Outcome.SUCCESS, null, ADDRESS);
    }

    private double uncounted() {
        return metrics.counter("sendex.usage.uncounted").count();
    }

    private UsageCounts counters(int max) {
        return new UsageCounts(max, ids, clock, metrics);
    }
}
