package dev.sendex.common.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// Something about a key changed: whoever remembers an older version must forget it.
///
/// @param version grows with every change of the key
/// @param state what the key is now: `active`, `revoked`, …; for people who read the topic
@RegisterForReflection
public record KeyChange(
        @JsonProperty("key_id") UUID keyId,
        @JsonProperty("version") long version,
        @JsonProperty("state") String state) {}
