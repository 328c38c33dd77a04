package dev.sendex.common.introspection.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/// How key-service is asked, and for how long its answers are remembered. The upper bounds keep a
/// slip of the pen from making a revoked key live on.
@ConfigMapping(prefix = "sendex.introspection")
interface IntrospectionConfig {

    /// Where key-service is: scheme, host and port. This and the next two have no default and must
    /// be set in every service but key-service, which shares this mapping without using it.
    Optional<URI> url();

    /// The name under which key-service knows this service.
    Optional<String> clientId();

    /// What proves it.
    Optional<String> clientSecret();

    /// How long an active answer is used without asking again. This bounds how late a revocation
    /// can be while Kafka is down.
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration freshFor();

    /// The age from which an answer in use is renewed in the background.
    @WithDefault("20s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration refreshAfter();

    /// How long an inactive answer is used without asking again.
    @WithDefault("10s")
    @DurationMin(millis = 0)
    @DurationMax(seconds = 60)
    Duration inactiveFor();

    /// How long an active answer is used while key-service is unreachable and changes of keys still
    /// arrive.
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 15)
    Duration outageFor();

    /// How many active answers are remembered.
    @WithDefault("100000")
    @Min(100)
    @Max(1_000_000)
    int capacity();

    /// How many inactive answers are remembered, apart from the active ones.
    @WithDefault("10000")
    @Min(100)
    @Max(100_000)
    int inactiveCapacity();

    /// How long one question may take, waiting for a connection included.
    @WithDefault("2s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 10)
    Duration callTimeout();

    /// How many questions may be under way at the same time.
    @WithDefault("64")
    @Min(1)
    @Max(1_000)
    int concurrentCalls();

    /// How many may wait for one of those to end; any more are told to come back.
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int waitingCalls();

    /// How many questions about tokens that were active may be under way besides. They never wait
    /// behind the others, of which anyone can ask any number.
    @WithDefault("8")
    @Min(1)
    @Max(1_000)
    int renewalCalls();

    /// About how many unknown tokens of one client are asked about in a minute. Beyond that, only
    /// keys that are remembered count for this client until the minute is over.
    @WithDefault("100")
    @Min(1)
    int unknownPerMinute();

    /// When callers are told to come back, and how long to wait before renewing an answer again.
    @WithDefault("1s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration retryAfter();

    /// The time without word from Kafka after which changes of keys count as not arriving.
    @WithDefault("5s")
    @DurationMin(seconds = 2)
    @DurationMax(seconds = 30)
    Duration pushSilence();
}
