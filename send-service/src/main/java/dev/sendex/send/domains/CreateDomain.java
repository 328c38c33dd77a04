package dev.sendex.send.domains;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/domains`.
///
/// @param region accepted if it is the one that mail is sent from anyway
@RegisterForReflection
record CreateDomain(@Nullable String name, @Nullable String region) {}
