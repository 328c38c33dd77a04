package dev.sendex.send.emails.accepting;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/// The response to an accepted request.
///
/// @param replayed whether the email was accepted by an earlier request with the same idempotency
///   key
@RegisterForReflection
record AcceptedEmail(UUID id, @JsonIgnore boolean replayed) {}
