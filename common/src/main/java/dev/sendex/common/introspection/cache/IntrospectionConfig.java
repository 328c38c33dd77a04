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

/// Settings of the introspection client and its cache. The upper bounds keep a typing error from
/// letting revoked keys work for long.
@ConfigMapping(prefix = "sendex.introspection")
interface IntrospectionConfig {

    /// The URL of key-service: scheme, host and port. This and the next two have no default and
    /// must be set in every service except key-service, which shares this mapping without using it.
    Optional<URI> url();

    /// The client id of this service at key-service.
    Optional<String> clientId();

    /// The client secret.
    Optional<String> clientSecret();

    /// How long an active response is used without another lookup. This bounds the delay of a
    /// revocation while Kafka is down.
    @WithDefault("30s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration freshFor();

    /// The age from which a response in use is refreshed in the background.
    @WithDefault("20s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration refreshAfter();

    /// How long an inactive response is used without another lookup.
    @WithDefault("10s")
    @DurationMin(millis = 0)
    @DurationMax(seconds = 60)
    Duration inactiveFor();

    /// How long an active response is used while key-service is unreachable and changes of keys
    /// still arrive.
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    @DurationMax(minutes = 15)
    Duration outageFor();

    /// How many active responses are cached.
    @WithDefault("100000")
    @Min(100)
    @Max(1_000_000)
    int capacity();

    /// How many inactive responses are cached, separately from the active ones.
    @WithDefault("10000")
    @Min(100)
    @Max(100_000)
    int inactiveCapacity();

    /// Timeout of one lookup, including the wait for a connection.
    @WithDefault("2s")
    @DurationMin(millis = 50)
    @DurationMax(seconds = 10)
    Duration callTimeout();

    /// The maximum number of concurrent lookups.
    @WithDefault("64")
    @Min(1)
    @Max(1_000)
    int concurrentCalls();

    /// How many lookups may wait for a connection. Further ones fail and should be retried.
    @WithDefault("1000")
    @Min(1)
    @Max(10_000)
    int waitingCalls();

    /// The maximum number of concurrent lookups of tokens that were active before. They have
    /// separate connections, since anyone can cause any number of the others.
    @WithDefault("8")
    @Min(1)
    @Max(1_000)
    int renewalCalls();

    /// The approximate number of unknown tokens per client and minute that are looked up. Beyond
    /// that, the client can only use cached keys until the minute is over.
    @WithDefault("100")
    @Min(1)
    int unknownPerMinute();

    /// The `Retry-After` for callers, and the delay before a failed refresh is repeated.
    @WithDefault("1s")
    @DurationMin(seconds = 1)
    @DurationMax(seconds = 60)
    Duration retryAfter();

    /// How long Kafka may be silent before changes of keys count as not arriving.
    @WithDefault("5s")
    @DurationMin(seconds = 2)
    @DurationMax(seconds = 30)
    Duration pushSilence();
}
