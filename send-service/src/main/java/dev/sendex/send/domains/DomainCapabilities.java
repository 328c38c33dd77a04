package dev.sendex.send.domains;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What a domain is for: `enabled` or `disabled`, each.
@RegisterForReflection
record DomainCapabilities(@Nullable String sending, @Nullable String receiving) {

    static final String ENABLED = "enabled";
    static final String DISABLED = "disabled";

    /// What every domain has here.
    static final DomainCapabilities OURS = new DomainCapabilities(ENABLED, DISABLED);
}
