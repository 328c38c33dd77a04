package dev.sendex.common.introspection.cache;

import dev.sendex.common.introspection.Introspection;
import dev.sendex.common.token.ApiKeyToken;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// The time of an introspection with a cache hit: parsing the token and looking it up. Run by
/// `./sendex bench introspection`; not a test, since it depends on the machine.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 16, time = 1)
@Measurement(iterations = 8, time = 1)
public class CachedIntrospectionBenchmark {

    private IntrospectionFixture fixture;
    private String token;

    /// Fills the cache. The fixture's clock does not advance, so the entry stays fresh.
    @Setup
    public void fillCache() {
        fixture = new IntrospectionFixture(Map.of("call-timeout", "10s"));
        token = fixture.aKey().value();
        if (!(introspect() instanceof Introspection.Active)) {
            throw new IllegalStateException("the key is not active");
        }
    }

    @Benchmark
    public Introspection introspect() {
        return fixture.introspect(Objects.requireNonNull(ApiKeyToken.parse(token)));
    }

    @TearDown
    public void close() {
        fixture.close();
    }
}
