package dev.sendex.send.contacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A contact, with the members that Resend gives it.
///
/// @param object always `contact`
@RegisterForReflection
record ContactView(
        String object,
        UUID id,
        String email,
        @JsonProperty("first_name") @Nullable String firstName,
        @JsonProperty("last_name") @Nullable String lastName,
        boolean unsubscribed,
        @JsonProperty("created_at") Instant createdAt) {

    static ContactView of(Contact contact) {
        return new ContactView(
                "contact",
                contact.id,
                contact.email,
                contact.firstName,
                contact.lastName,
                contact.unsubscribed,
                contact.createdAt);
    }
}
