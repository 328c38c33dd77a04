package dev.sendex.key.invitations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.accounts.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invitation in responses to the account's members.
///
/// @param object always `invitation`
/// @param url the link to pass on, only in the response that creates it, and only if email is not
///   configured
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record InvitationView(
        String object,
        UUID id,
        String email,
        Role role,
        UUID invitedBy,
        Instant createdAt,
        Instant expiresAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url) {

    static InvitationView of(Invitation invitation) {
        return of(invitation, null);
    }

    static InvitationView of(Invitation invitation, @Nullable String url) {
        return new InvitationView(
                "invitation",
                invitation.id,
                invitation.email,
                invitation.role(),
                invitation.invitedBy,
                invitation.createdAt,
                invitation.expiresAt,
                url);
    }

    @Override
    public String toString() {
        return "InvitationView[" + id + "]";
    }
}
