package dev.sendex.key.invitations;

import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.accounts.Members.NewMember;
import dev.sendex.key.links.LinkToken;
import dev.sendex.key.passwords.Passwords;
import dev.sendex.key.sessions.Sessions;
import dev.sendex.key.sessions.Sessions.OpenedSession;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Adds invited people as members.
@ApplicationScoped
class InvitationAcceptor {

    private final InvitationRepository invitations;
    private final Members members;
    private final Sessions sessions;
    private final Passwords passwords;
    private final Clock clock;

    InvitationAcceptor(
            InvitationRepository invitations,
            Members members,
            Sessions sessions,
            Passwords passwords,
            Clock clock) {
        this.invitations = invitations;
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.clock = clock;
    }

    /// An invitation and the member who sent it.
    private record OpenInvitation(Invitation invitation, MemberAccount inviter) {}

    @WithTransaction
    Uni<InvitedView> lookUp(LinkToken token) {
        return openInvitation(token)
                .map(openInvitation ->
                        InvitedView.of(openInvitation.invitation(), openInvitation.inviter()));
    }

    /// Adds the invited person as a member, who is signed in immediately. The link is checked
    /// first, so that no password is hashed for an invalid one.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `not_found` if the link is used or
    ///   expired, `conflict` if the email has an account
    Uni<OpenedSession> accept(Accept request) {
        passwords.requireValid("password", request.password());
        LinkToken token = request.link();
        return Panache.withTransaction(() -> openInvitation(token))
                .chain(() -> passwords.hash(request.password()))
                .chain(hash -> Panache.withTransaction(() -> join(token, hash)))
                .onFailure()
                .transform(Members::translate);
    }

    private Uni<OpenedSession> join(LinkToken token, String passwordHash) {
        return openInvitation(token)
                .map(OpenInvitation::invitation)
                .call(invitations::delete)
                .chain(invitation ->
                        members.join(
                                invitation.accountId,
                                new NewMember(invitation.email, passwordHash, invitation.role())))
                .chain(member -> sessions.open(member, passwordHash));
    }

    /// The invitation of this link, if its sender may still invite to this role.
    private Uni<OpenInvitation> openInvitation(LinkToken token) {
        return invitations
                .findOpen(token.hash(), clock.instant())
                .map(InvitationAcceptor::require)
                .chain(invitation ->
                        members.find(invitation.invitedBy)
                                .map(inviter -> openInvitation(invitation, inviter)));
    }

    private static OpenInvitation openInvitation(
            Invitation invitation, @Nullable MemberAccount inviter) {
        boolean authorized = inviter != null && inviter.role().manages(invitation.role());
        if (inviter == null || !authorized) {
            throw notFound();
        }
        return new OpenInvitation(invitation, inviter);
    }

    private static Invitation require(@Nullable Invitation invitation) {
        if (invitation == null) {
            throw notFound();
        }
        return invitation;
    }

    private static RuntimeException notFound() {
        return NOT_FOUND.because(
                "This invitation is accepted, withdrawn, replaced or expired. Ask for a"
                        + " new one.");
    }
}
