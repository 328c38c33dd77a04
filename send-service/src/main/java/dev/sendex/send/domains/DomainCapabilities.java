package dev.sendex.send.domains;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// What a domain can be used for: each is `enabled` or `disabled`.
@RegisterForReflection
record DomainCapabilities(@Nullable String sending, @Nullable String receiving) {

    static final String ENABLED = "enabled";
    static final String DISABLED = "disabled";

    /// The capabilities of every domain in Sendex.
    static final DomainCapabilities ALL_DOMAINS = new DomainCapabilities(ENABLED, DISABLED);
}
