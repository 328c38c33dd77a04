package dev.sendex.key.invitations;

import static dev.sendex.common.problem.Problem.CONFLICT;
import static dev.sendex.common.problem.Problem.FORBIDDEN;
import static dev.sendex.common.problem.Problem.NOT_FOUND;

import dev.sendex.common.audit.Actor;
import dev.sendex.common.audit.AuditRecord.Target;
import dev.sendex.common.identity.caller.SessionCaller;
import dev.sendex.common.network.client.CurrentClient;
import dev.sendex.common.page.Deleted;
import dev.sendex.common.page.ListOf;
import dev.sendex.common.page.Page;
import dev.sendex.common.runtime.Ids;
import dev.sendex.key.accounts.MemberAccount;
import dev.sendex.key.accounts.Members;
import dev.sendex.key.accounts.Role;
import dev.sendex.key.audit.AuditLog;
import dev.sendex.key.links.DashboardLinks;
import dev.sendex.key.links.LinkToken;
import dev.sendex.key.mail.Mail;
import dev.sendex.key.mail.Mails;
import dev.sendex.key.text.Emails;
import dev.sendex.key.throttle.Attempt;
import dev.sendex.key.throttle.Attempt.Bound;
import dev.sendex.key.throttle.Throttle;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Creates, lists and withdraws invitations.
@ApplicationScoped
class Invitations {

    private static final String PAGE = "/invitation";

    private final InvitationRepository invitations;
    private final Members members;
    private final Throttle throttle;
    private final CurrentClient client;
    private final DashboardLinks links;
    private final Mails mails;
    private final AuditLog audit;
    private final InvitationConfig config;
    private final Ids ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Invitations(
            InvitationRepository invitations,
            Members members,
            Throttle throttle,
            CurrentClient client,
            DashboardLinks links,
            Mails mails,
            AuditLog audit,
            InvitationConfig config,
            Ids ids,
            Clock clock) {
        this.invitations = invitations;
        this.members = members;
        this.throttle = throttle;
        this.client = client;
        this.links = links;
        this.mails = mails;
        this.audit = audit;
        this.config = config;
        this.ids = ids;
        this.clock = clock;
    }

    /// Invites a person. An earlier invitation of the same person is replaced.
    ///
    /// @throws dev.sendex.common.problem.ProblemException `forbidden` if the role is above the
    ///   caller's, `conflict` if the person is a member already or too many invitations are open,
    ///   `rate_limit_exceeded` if the person or the caller had too many recently
    Uni<InvitationView> invite(SessionCaller caller, Invite request) {
        String email = Emails.require(request.email());
        Role role = Role.require(request.role());
        refuseAbove(caller, role);
        LinkToken token = LinkToken.generate(random);
        return throttle.admit(Attempt.of("invitation", email, Bound.MAIL, client.address()))
                .chain(() -> Panache.withTransaction(() -> invite(caller, email, role, token)))
                .invoke(mails::wake);
    }

    private Uni<InvitationView> invite(
            SessionCaller caller, String email, Role role, LinkToken token) {
        return members.find(email)
                .invoke(member -> refuseMember(caller, member))
                .chain(() ->
                        invitations.removeSuperseded(caller.accountId(), email, clock.instant()))
                .chain(() -> invitations.count("accountId", caller.accountId()))
                .invoke(this::refuseAboveLimit)
                .chain(() -> invitations.persist(invitation(caller, email, role, token)))
                .call(invitation -> record(caller, invitation, "member.invited"))
                .chain(invitation -> deliver(invitation, token));
    }

    private Uni<InvitationView> deliver(Invitation invitation, LinkToken token) {
        String url = links.to(PAGE, token);
        return mails.isConfigured()
                ? mails.send(invitation.accountId, mail(invitation, url))
                        .map(_ -> InvitationView.of(invitation))
                : Uni.createFrom().item(InvitationView.of(invitation, url));
    }

    private Mail mail(Invitation invitation, String url) {
        String text =
                """
                You were invited to join an account on Sendex with the role %s. Choose a \
                password within %d days:

                %s

                If you did not expect this invitation, you can ignore this email.
                """
                        .formatted(invitation.role, config.lifetime().toDays(), url);
        return new Mail(invitation.email, "You were invited to Sendex", text, invitation.expiresAt);
    }

    private Invitation invitation(SessionCaller caller, String email, Role role, LinkToken token) {
        Invitation invitation = new Invitation();
        invitation.id = ids.next();
        invitation.accountId = caller.accountId();
        invitation.email = email;
        invitation.role = role.value();
        invitation.tokenHash = token.hash();
        invitation.invitedBy = caller.userId();
        invitation.createdAt = clock.instant();
        invitation.expiresAt = invitation.createdAt.plus(config.lifetime());
        return invitation;
    }

    private static void refuseAbove(SessionCaller caller, Role role) {
        if (!Role.of(caller.role()).governs(role)) {
            throw FORBIDDEN.because("Only an owner can invite owners. Ask an owner.");
        }
    }

    /// Only a member of the same account causes a conflict: that a person has an account elsewhere
    /// is not disclosed.
    private static void refuseMember(SessionCaller caller, @Nullable MemberAccount member) {
        if (member != null && member.accountId().equals(caller.accountId())) {
            throw CONFLICT.on("email", "is a member of this account already");
        }
    }

    private void refuseAboveLimit(long open) {
        if (open >= config.limitPerAccount()) {
            throw CONFLICT.because(
                    "An account can have at most %d open invitations. Withdraw one first."
                            .formatted(config.limitPerAccount()));
        }
    }

    @WithSession
    Uni<ListOf<InvitationView>> list(UUID accountId, Page page) {
        return invitations
                .list(accountId, page, clock.instant())
                .map(found -> page.slice(found, InvitationView::of));
    }

    @WithTransaction
    Uni<Deleted> withdraw(SessionCaller caller, UUID id) {
        return invitations
                .find(caller.accountId(), id)
                .map(Invitations::require)
                .invoke(invitation -> refuseAbove(caller, invitation.role()))
                .call(invitations::delete)
                .call(invitation -> record(caller, invitation, "member.invitation_withdrawn"))
                .map(invitation -> new Deleted("invitation", invitation.id));
    }

    private Uni<Void> record(SessionCaller caller, Invitation invitation, String action) {
        return audit.record(
                invitation.accountId,
                Actor.of(caller),
                action,
                new Target("invitation", invitation.id),
                null,
                Map.of("email", invitation.email, "role", invitation.role));
    }

    private static Invitation require(@Nullable Invitation invitation) {
        if (invitation == null) {
            throw NOT_FOUND.because("No invitation has this id.");
        }
        return invitation;
    }
}
