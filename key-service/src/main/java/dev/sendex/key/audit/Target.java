package dev.sendex.key.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// What something was done to.
///
/// @param type for example `api_key`, as in the action's name
@RegisterForReflection
public record Target(@JsonProperty("type") String type, @JsonProperty("id") UUID id) {}
