package dev.sendex.common.introspection;

import dev.sendex.common.token.ApiKeyToken;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

/// What a check costs while its answer is remembered: parsing the token and looking it up. Run by
/// `./sendex bench path`; not a test, since it depends on the machine.
final class CachedCheckBenchmark {

    private static final int ROUNDS = 15;
    private static final int CHECKS = 500_000;

    private CachedCheckBenchmark() {}

    static void main() {
        IntrospectionFixture fixture = new IntrospectionFixture(Map.of());
        try {
            String token = fixture.aKey().value();
            check(fixture, token);
            double[] nanos = new double[ROUNDS];
            long allocated = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long bytes = allocatedBytes();
                long start = System.nanoTime();
                for (int i = 0; i < CHECKS; i++) {
                    check(fixture, token);
                }
                nanos[round] = (System.nanoTime() - start) / (double) CHECKS;
                allocated = (allocatedBytes() - bytes) / CHECKS;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    "| cached check, median of %d rounds | %.2f µs | < 5 µs | %.2f |%n"
                            + "| cached check, allocated | %d B | | |%n",
                    ROUNDS, nanos[ROUNDS / 2] / 1_000, nanos[ROUNDS / 2] / 5_000, allocated);
        } finally {
            fixture.close();
        }
        System.exit(0); // threads that others keep would go on for ever
    }

    private static void check(IntrospectionFixture fixture, String text) {
        ApiKeyToken token = ApiKeyToken.parse(text);
        Introspection answer = fixture.ask(token);
        if (!(answer instanceof Introspection.Active)) {
            throw new IllegalStateException("not active: " + answer);
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
