package dev.sendex.send.contacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/// The body of `POST /v1/contacts`.
@RegisterForReflection
record CreateContact(
        @Nullable String email,
        @JsonProperty("first_name") @Nullable String firstName,
        @JsonProperty("last_name") @Nullable String lastName,
        @Nullable Boolean unsubscribed) {}
