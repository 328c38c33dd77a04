package dev.sendex.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// A change of a key: caches must evict older versions.
///
/// @param version incremented by every change of the key
/// @param state the current state: `active`, `revoked`, …; for people who read the topic
@RegisterForReflection
public record KeyChange(
        @JsonProperty("key_id") UUID keyId,
        @JsonProperty("version") long version,
        @JsonProperty("state") String state) {}
