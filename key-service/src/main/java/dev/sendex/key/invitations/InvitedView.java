package dev.sendex.key.invitations;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/// An invitation in the response to the invited person.
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
record InvitedView(
        String object,
        String email,
        Role role,
        String accountName,
        String invitedBy,
        Instant expiresAt) {

    static InvitedView of(Invitation invitation, MemberAccount inviter) {
        return new InvitedView(
                "invitation",
                invitation.email,
                invitation.role(),
                inviter.account().name(),
                inviter.email(),
                invitation.expiresAt);
    }
}
